package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends the changes' own bytes, signed by a signer of our own, over the SDK's CRT HTTP client. */
final class DirectTransport implements BatchTransport {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final Connection connection;
    private final Duration longestRequest;
    private final BatchJson json;
    private final RequestSigner signer;
    private final SdkHttpRequest unsigned;
    private final SdkAsyncHttpClient http = AwsCrtAsyncHttpClient.builder()
            .maxConcurrency(MAX_REQUESTS)
            .connectionTimeout(LONGEST_CONNECT)
            .build();

    DirectTransport(Connection connection, TableSpec table) {
        this(connection, table, LONGEST_REQUEST);
    }

    DirectTransport(Connection connection, TableSpec table, Duration longestRequest) {
        this.connection = connection;
        this.longestRequest = longestRequest;
        this.json = new BatchJson(table);
        this.signer =
                new RequestSigner(connection.endpoint(), connection.region().id(), InstantSource.system());
        this.unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(connection.endpoint())
                .build();
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes) {
        Change first = changes.get(0);
        byte[] body = first.request() == Change.Request.BATCH_ELEMENT ? json.request(changes) : first.wire();
        AwsCredentialsIdentity credentials;
        try {
            credentials = connection.credentials().resolveCredentials();
        } catch (SdkException e) {
            return CompletableFuture.completedFuture(
                    new BatchReply.NotSent("the request can't be signed: " + e.getMessage()));
        }
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
                .thenApply(answer -> reply(response.status(), answer, changes))
                .exceptionally(DirectTransport::lost)
                .thenCompose(reply -> renewed(reply, credentials));
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

    private BatchReply reply(int status, byte[] body, List<Change> changes) {
        if (status != 200) {
            return BatchJson.error(status, body, changes);
        }
        try {
            return json.answer(body);
        } catch (IOException | IllegalArgumentException | IllegalValueException e) {
            return new BatchReply.Unknown("the reply can't be read: " + e.getMessage());
        }
    }

    /** Looks for newer credentials before a reply is passed on that says that they have expired. */
    private CompletableFuture<BatchReply> renewed(BatchReply reply, AwsCredentialsIdentity used) {
        if (!(reply instanceof BatchReply.Expired)) {
            return CompletableFuture.completedFuture(reply);
        }
        // Not in the HTTP client's thread, as looking may take seconds.
        return CompletableFuture.supplyAsync(() -> {
            connection.credentials().renew(used);
            return reply;
        });
    }

    private static BatchReply lost(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new BatchReply.Unknown("no reply: " + cause);
    }
}
