package dev.dynamirror.write;

import java.time.Duration;

/**
 * The one thread, or lock, that a {@link MirrorWriter} belongs to, with its clock: Flink's mailbox, a lock in plain
 * Java, a queue that a test steps.
 *
 * <p>A task may throw a {@link dev.dynamirror.error.MirrorException}: then the writer has failed for good, and says so
 * again at its next call.
 */
public interface WriterLoop {

    /** The time in nanoseconds since some fixed moment; never goes back. */
    long nanoTime();

    /** Runs the task in this loop, soon. May be called by any thread. */
    void execute(Runnable task);

    /** Runs the task in this loop after a while. Called in the loop only. */
    void executeAfter(Duration delay, Runnable task);

    /**
     * Waits until a task was run. Called in the loop only.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalStateException if the loop was closed, so that no task will ever be run
     */
    void awaitTask() throws InterruptedException;
}
