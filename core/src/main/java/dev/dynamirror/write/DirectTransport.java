package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;

/** Sends the changes' own bytes, signed by a signer of our own, over the SDK's CRT HTTP client. */
final class DirectTransport implements CredentialedTransport.Sender {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final Duration longestRequest;
    private final BatchJson json;
    private final ServerClock clock;
    private final RequestSigner signer;
    private final SdkHttpRequest unsigned;
    private final SdkAsyncHttpClient http = AwsCrtAsyncHttpClient.builder()
            .maxConcurrency(BatchTransport.MAX_REQUESTS)
            .connectionTimeout(LONGEST_CONNECT)
            .build();

    DirectTransport(Connection connection, TableSpec table) {
        this(connection, table, LONGEST_REQUEST, InstantSource.system());
    }

    /**
     * Creates a transport.
     *
     * @param clock tells the time of day on this machine
     */
    DirectTransport(Connection connection, TableSpec table, Duration longestRequest, InstantSource clock) {
        this.longestRequest = longestRequest;
        this.json = new BatchJson(table);
        this.clock = new ServerClock(clock);
        this.signer =
                new RequestSigner(connection.endpoint(), connection.region().id(), this.clock);
        this.unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(connection.endpoint())
                .build();
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes, AwsCredentials credentials) {
        Change first = changes.get(0);
        byte[] body = first.request() == Change.Request.BATCH_ELEMENT ? json.request(changes) : first.wire();
        Instant signedAt = clock.instant();
        Map<String, String> headers = signer.headers(first.request().operation(), List.of(body), credentials);
        CollectedResponse response = new CollectedResponse();
        return http.execute(AsyncExecuteRequest.builder()
                        .request(request(headers, body.length))
                        .requestContentPublisher(new BytesPublisher(body))
                        .responseHandler(response)
                        .build())
                // On the client's own future: its failure closes the connection, so the request is over.
                .orTimeout(longestRequest.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(nothing -> response.body())
                // A body that never ends would keep its keys muted for ever.
                .orTimeout(longestRequest.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> reply(response, answer, changes, signedAt))
                .exceptionally(DirectTransport::lost);
    }

    @Override
    public void close() {
        http.close();
    }

    private SdkHttpRequest request(Map<String, String> headers, int length) {
        SdkHttpRequest.Builder request = unsigned.toBuilder().putHeader("content-length", Integer.toString(length));
        headers.forEach(request::putHeader);
        return request.build();
    }

    private BatchReply reply(CollectedResponse response, byte[] body, List<Change> changes, Instant signedAt) {
        String checksum = response.header("x-amz-crc32");
        if (checksum != null && !checksum.equals(checksum(body))) {
            return new BatchReply.Unknown(
                    "the reply has the checksum " + checksum(body) + ", and should have " + checksum);
        }
        if (response.status() != 200) {
            return reply(BatchJson.error(response.status(), body), response, body, changes, signedAt);
        }
        try {
            return json.answer(body);
        } catch (IOException | IllegalArgumentException | IllegalValueException e) {
            return new BatchReply.Unknown("the reply can't be read: " + e.getMessage());
        }
    }

    private BatchReply reply(
            DynamoDbError error, CollectedResponse response, byte[] body, List<Change> changes, Instant signedAt) {
        if (clock.isBlamed(error, signedAt, response.header("date"))) {
            return new BatchReply.NotSent(error.text());
        }
        return error.isFailedCondition() ? FailedCondition.reply(body, changes.get(0)) : error.reply();
    }

    /** The CRC-32 of a reply as its header has it. */
    private static String checksum(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }

    private static BatchReply lost(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new BatchReply.Unknown("no reply: " + cause);
    }
}
