package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LockLoopTest {

    private final LockLoop loop = new LockLoop();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void everybodyWhoWaitsSeesATask() throws Exception {
        List<CompletableFuture<Void>> waiting = startWaiting(3);
        loop.execute(() -> {});
        for (CompletableFuture<Void> waiter : waiting) {
            waiter.get(20, TimeUnit.SECONDS);
        }
    }

    /** They waited for ever. */
    @Test
    void everybodyWhoWaitsIsToldThatTheLoopIsClosed() throws Exception {
        List<CompletableFuture<Void>> waiting = startWaiting(3);
        loop.close();
        for (CompletableFuture<Void> waiter : waiting) {
            assertThatThrownBy(() -> waiter.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the mirror is closed");
        }
    }

    @Test
    void nobodyWaitsInAClosedLoop() {
        loop.close();
        assertThatThrownBy(this::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the mirror is closed");
    }

    @Test
    void tasksRunOneAtATimeAndInOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        loop.execute(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasSize(1000).isSorted();
    }

    @Test
    void aTaskMayRunLater() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        long before = loop.nanoTime();
        loop.executeAfter(Duration.ofMillis(20), done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void aTaskThatFailsStopsNothing() throws Exception {
        List<CompletableFuture<Void>> waiting = startWaiting(1);
        loop.execute(() -> {
            throw new MirrorException("failed");
        });
        waiting.get(0).get(20, TimeUnit.SECONDS);
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksWaitForTheLock() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.lock();
        try {
            loop.execute(done::countDown);
            assertThat(done.getCount()).isEqualTo(1);
        } finally {
            loop.unlock();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Threads that wait for a task by the time this returns. */
    private List<CompletableFuture<Void>> startWaiting(int count) throws InterruptedException {
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        CountDownLatch inside = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            waiting.add(done);
            Thread thread = new Thread(() -> {
                loop.lock();
                try {
                    inside.countDown();
                    loop.awaitTask();
                    done.complete(null);
                } catch (InterruptedException | RuntimeException e) {
                    done.completeExceptionally(e);
                } finally {
                    loop.unlock();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        inside.await();
        // Whoever has the lock now finds the others waiting: they counted down with it, and gave it up by waiting.
        loop.lock();
        loop.unlock();
        return waiting;
    }

    private void await() throws InterruptedException {
        loop.lock();
        try {
            loop.awaitTask();
        } finally {
            loop.unlock();
        }
    }
}
