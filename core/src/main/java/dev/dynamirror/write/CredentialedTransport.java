package dev.dynamirror.write;

import dev.dynamirror.client.RenewableCredentials;
import dev.dynamirror.item.Change;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** Gives each request its credentials, and looks for newer ones when DynamoDB says that they have expired. */
final class CredentialedTransport implements BatchTransport {

    private final RenewableCredentials credentials;
    private final Sender sender;

    /** What sends requests with given credentials. */
    interface Sender extends AutoCloseable {

        /** As {@link BatchTransport#send}. */
        CompletableFuture<BatchReply> send(List<Change> changes, AwsCredentials credentials);

        @Override
        void close();
    }

    CredentialedTransport(RenewableCredentials credentials, Sender sender) {
        this.credentials = credentials;
        this.sender = sender;
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes) {
        AwsCredentials used;
        try {
            used = credentials.resolveCredentials();
        } catch (SdkException e) {
            return CompletableFuture.completedFuture(
                    new BatchReply.NotSent("the request can't be signed: " + e.getMessage()));
        }
        return sender.send(changes, used).thenCompose(reply -> renewed(reply, used));
    }

    @Override
    public void close() {
        sender.close();
    }

    /** Looks for newer credentials before a reply is passed on that says that they have expired. */
    private CompletableFuture<BatchReply> renewed(BatchReply reply, AwsCredentials used) {
        if (!(reply instanceof BatchReply.Expired)) {
            return CompletableFuture.completedFuture(reply);
        }
        return credentials.renew(used).thenApply(looked -> reply);
    }
}
