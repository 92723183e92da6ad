package dev.dynamirror.write;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A loop that a test steps by hand, on a clock that it moves by hand. A wait that would never end is an error. */
final class SteppedLoop implements WriterLoop {

    final ManualClock clock = new ManualClock();
    final List<MirrorException> thrown = new ArrayList<>();

    /** Called when the writer waits and nothing is to be run: makes something happen, if it returns true. */
    BooleanSupplier whenIdle = () -> false;

    /** By how much each timer is late, as real ones are by some microseconds. */
    Duration lateness = Duration.ZERO;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();

    private record Timer(long at, Runnable task) {}

    @Override
    public long nanoTime() {
        return clock.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    @Override
    public void executeAfter(Duration delay, Runnable task) {
        timers.add(new Timer(nanoTime() + delay.plus(lateness).toNanos(), task));
    }

    @Override
    public void awaitTask() {
        if (ranOne()) {
            return;
        }
        if (whenIdle.getAsBoolean()) {
            ranOne();
            return;
        }
        if (timers.isEmpty()) {
            throw new AssertionError("the writer waits for something that will never happen");
        }
        Timer next = nextTimer();
        clock.advance(Duration.ofNanos(Math.max(0, next.at - nanoTime())));
        ranOne();
    }

    /** Runs what is due, moves the clock, and runs what is due then. */
    void advance(Duration duration) {
        runDue();
        clock.advance(duration);
        runDue();
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** Runs all that is to be run now. */
    void runDue() {
        while (ranOne()) {
            // one after the other
        }
    }

    /** Runs one task, if there is one to be run now. */
    boolean ranOne() {
        Runnable task = tasks.pollFirst();
        if (task == null) {
            if (timers.isEmpty() || nextTimer().at - nanoTime() > 0) {
                return false;
            }
            Timer due = nextTimer();
            timers.remove(due);
            task = due.task;
        }
        try {
            task.run();
        } catch (MirrorException e) {
            thrown.add(e);
        }
        return true;
    }

    private Timer nextTimer() {
        Timer next = timers.get(0);
        for (int i = 1; i < timers.size(); i++) {
            if (timers.get(i).at - next.at < 0) {
                next = timers.get(i);
            }
        }
        return next;
    }
}
