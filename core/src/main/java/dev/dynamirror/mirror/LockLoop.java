package dev.dynamirror.mirror;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.write.WriterLoop;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a writer that several threads use: a lock, which each holds while it works on the writer. */
final class LockLoop implements WriterLoop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockLoop.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taskWasRun = lock.newCondition();
    private final ScheduledExecutorService tasks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dynamirror-mirror");
        thread.setDaemon(true);
        return thread;
    });

    private long tasksRun;
    private boolean closed;

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        tasks.execute(() -> run(task));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // run lets no exception out
    public void executeAfter(Duration delay, Runnable task) {
        tasks.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void awaitTask() throws InterruptedException {
        long before = tasksRun;
        while (tasksRun == before) {
            if (closed) {
                throw new IllegalStateException("the mirror is closed");
            }
            taskWasRun.await();
        }
    }

    /** Runs no more tasks; who waits for one is told. */
    @Override
    public void close() {
        tasks.shutdownNow();
        lock.lock();
        try {
            closed = true;
            taskWasRun.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable task) {
        lock.lock();
        try {
            task.run();
        } catch (MirrorException e) {
            LOG.debug("the mirror has failed, which its next call says", e);
        } finally {
            tasksRun++;
            taskWasRun.signalAll();
            lock.unlock();
        }
    }
}
