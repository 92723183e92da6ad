package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.write.WriterLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;

/** The loop of a writer in Flink: the task's mailbox. */
final class MailboxLoop implements WriterLoop {

    private final MailboxExecutor mailbox;
    private volatile boolean closed;

    MailboxLoop(MailboxExecutor mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        try {
            mailbox.execute(() -> run(task), "a reply of DynamoDB, or its time");
        } catch (RejectedExecutionException e) {
            // The task has ended: nobody is left to whom the reply could matter.
            closed = true;
        }
    }

    @Override
    public void executeAfter(Duration delay, Runnable task) {
        // No timer of Flink's: a job that stops with a savepoint ends those before it flushes, which may need some.
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> execute(task));
    }

    @Override
    public void awaitTask() throws InterruptedException {
        mailbox.yield();
    }

    void close() {
        closed = true;
    }

    private void run(Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (MirrorException e) {
            // Out of a mail it ends the task.
            throw Unrecoverable.of(e);
        }
    }
}
