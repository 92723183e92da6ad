package dev.dynamirror.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What tests wait for. */
final class Replies {

    private Replies() {}

    /**
     * A reply's body as text.
     *
     * @throws IOException that the reply failed with
     */
    static String body(CompletableFuture<HttpReply> reply) throws Exception {
        try {
            return new String(reply.get(20, TimeUnit.SECONDS).body(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : e;
        }
    }

    /** Waits in a server's thread. */
    static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("it did not come");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
