package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.http.HttpReply;
import dev.dynamirror.http.HttpSender;
import dev.dynamirror.http.HttpSettings;
import dev.dynamirror.http.NotSentException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Sends the changes' own bytes, signed by a signer of our own, over HTTP connections of our own. */
final class DirectTransport implements CredentialedTransport.Sender {

    private final BatchJson json;
    private final ServerClock clock;
    private final RequestSigner signer;
    private final HttpSender http;

    DirectTransport(Connection connection, TableSpec table) {
        this(connection, table, HttpSettings.of(BatchTransport.MAX_REQUESTS), InstantSource.system());
    }

    /**
     * Creates a transport.
     *
     * @param clock tells the time of day on this machine
     */
    DirectTransport(Connection connection, TableSpec table, HttpSettings settings, InstantSource clock) {
        this.json = new BatchJson(table);
        this.clock = new ServerClock(clock);
        this.signer =
                new RequestSigner(connection.endpoint(), connection.region().id(), this.clock);
        this.http = HttpSender.open(connection.endpoint(), settings);
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes, AwsCredentials credentials) {
        Change first = changes.get(0);
        List<byte[]> body =
                first.request() == Change.Request.BATCH_ELEMENT ? json.request(changes) : List.of(first.wire());
        Instant signedAt = clock.instant();
        Map<String, String> headers = signer.headers(first.request().operation(), body, credentials);
        return http.post(headers, body)
                .thenApply(reply -> read(reply, changes, signedAt))
                .exceptionally(DirectTransport::lost);
    }

    @Override
    public void close() {
        http.close();
    }

    private BatchReply read(HttpReply reply, List<Change> changes, Instant signedAt) {
        byte[] body = reply.body();
        String checksum = reply.header("x-amz-crc32");
        if (checksum != null && !checksum.equals(checksum(body))) {
            return new BatchReply.Unknown(
                    "the reply has the checksum " + checksum(body) + ", and should have " + checksum);
        }
        if (reply.status() != 200) {
            return error(reply, changes, signedAt);
        }
        try {
            return json.answer(body);
        } catch (IOException | IllegalArgumentException | IllegalValueException e) {
            return new BatchReply.Unknown("the reply can't be read: " + e.getMessage());
        }
    }

    private BatchReply error(HttpReply reply, List<Change> changes, Instant signedAt) {
        DynamoDbError error = BatchJson.error(reply.status(), reply.body());
        if (clock.setIfBlamed(error, signedAt, reply.header("date"))) {
            return new BatchReply.NotSent(error.text());
        }
        return error.isFailedCondition() ? FailedCondition.reply(reply.body(), changes.get(0)) : error.reply();
    }

    /** The CRC-32 of a reply as its header has it. */
    private static String checksum(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }

    private static BatchReply lost(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String what = String.valueOf(cause.getMessage());
        if (cause instanceof NotSentException) {
            return new BatchReply.NotSent(what);
        }
        return new BatchReply.Unknown(cause instanceof IOException ? what : "no reply: " + cause);
    }
}
