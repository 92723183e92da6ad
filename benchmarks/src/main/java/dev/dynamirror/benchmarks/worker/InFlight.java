package dev.dynamirror.benchmarks.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps a fixed number of requests in flight. */
final class InFlight {

    private final int most;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    InFlight(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** Waits until one more may be sent. */
    void await() throws InterruptedException {
        free.acquire();
        throwFailure();
    }

    /** One more was sent. */
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only notes the outcome
    void add(CompletableFuture<?> reply) {
        reply.whenComplete((answer, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
            free.release();
        });
    }

    /** Waits until all are answered. */
    void awaitAll() throws InterruptedException {
        free.acquire(most);
        free.release(most);
        throwFailure();
    }

    private void throwFailure() {
        Throwable error = failure.get();
        if (error != null) {
            throw new IllegalStateException("a request has failed", error);
        }
    }
}
