package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.write.WriterLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** The loop of a writer in Flink: the task's mailbox. */
final class MailboxLoop implements WriterLoop {

    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private volatile boolean closed;

    MailboxLoop(MailboxExecutor mailbox, ProcessingTimeService timers) {
        this.mailbox = mailbox;
        this.timers = timers;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        try {
            mailbox.execute(() -> run(task), "a reply of DynamoDB");
        } catch (RejectedExecutionException e) {
            // The task has ended: nobody is left to whom the reply could matter.
            closed = true;
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what the task throws ends the Flink task by itself
    public void executeAfter(Duration delay, Runnable task) {
        // Rounded up: a timer that fires too early would only be set again.
        long millis = delay.plusNanos(999_999).toMillis();
        timers.registerTimer(timers.getCurrentProcessingTime() + millis, time -> run(task));
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
