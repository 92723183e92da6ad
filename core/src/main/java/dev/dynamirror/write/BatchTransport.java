package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.table.TableSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends one request that writes, a batch or of a single item, and says what DynamoDB answered; never tries again by itself. */
public interface BatchTransport extends AutoCloseable {

    /** The largest request that DynamoDB takes is 16 MB; some of it is left for what stands around the changes. */
    long MAX_REQUEST_BYTES = 16_000_000;

    /** The most changes that DynamoDB takes in a request. */
    int MAX_CHANGES = 25;

    /** How many requests may be in flight through one transport. */
    int MAX_REQUESTS = 64;

    /** The transport that sends the changes' own bytes over HTTP, which is the fast one. */
    static BatchTransport direct(Connection connection, TableSpec table) {
        return new CredentialedTransport(connection.credentials(), new DirectTransport(connection, table));
    }

    /** The transport that goes through the SDK's own client, as the reference. */
    static BatchTransport sdk(Connection connection, TableSpec table) {
        return new CredentialedTransport(connection.credentials(), new SdkTransport(connection, table));
    }

    /**
     * Sends changes of distinct keys; only elements of a batch go together.
     *
     * @return the answer, given by any thread; never fails
     */
    CompletableFuture<BatchReply> send(List<Change> changes);

    @Override
    void close();
}
