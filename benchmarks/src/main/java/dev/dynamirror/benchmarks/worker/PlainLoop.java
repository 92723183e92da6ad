package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.write.WriterLoop;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A writer's loop that is the thread that gives it changes: tasks run between two changes, as in Flink's mailbox. */
public final class PlainLoop implements WriterLoop {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Queue<Timed> later = new PriorityQueue<>();

    private record Timed(long at, Runnable task) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return Long.compare(at, other.at);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void executeAfter(Duration delay, Runnable task) {
        later.add(new Timed(nanoTime() + delay.toNanos(), task));
    }

    @Override
    public void awaitTask() throws InterruptedException {
        while (true) {
            Timed first = later.peek();
            long wait = first == null ? Long.MAX_VALUE : first.at - nanoTime();
            Runnable task = wait <= 0 ? takeLater() : tasks.poll(wait, TimeUnit.NANOSECONDS);
            if (task != null) {
                task.run();
                return;
            }
        }
    }

    /** Runs the tasks that are there. */
    public void runTasks() {
        Runnable task = tasks.poll();
        while (task != null) {
            task.run();
            task = tasks.poll();
        }
        Timed first = later.peek();
        if (first != null && first.at - nanoTime() <= 0) {
            takeLater().run();
        }
    }

    private Runnable takeLater() {
        return later.remove().task;
    }
}
