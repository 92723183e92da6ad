package dev.dynamirror.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or SIGTERM, for the thread that opens this: the thread is interrupted, and this JVM waits a while for it to
 * close this, so that it can end what it is at in order and tell about it. The exit status is the JVM's: 128 and the
 * signal's number.
 */
final class Interruption implements AutoCloseable {

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        /** Does it, and gives the exit status. */
        int run() throws IOException, InterruptedException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Thread command = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptAndWait, "dynamirror-stop");
    private volatile boolean asked;

    private Interruption() {}

    private static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /**
     * Does the work, or ends it in order if the user asks to stop.
     *
     * @param end tells what was done until then
     * @return the exit status that either of them gives
     */
    static int orEnd(Work work, Work end) throws IOException {
        try (Interruption interruption = ofThisThread()) {
            try {
                return work.run();
            } catch (InterruptedException stopped) {
                return ended(end);
            } catch (RuntimeException | LinkageError failure) {
                // What is interrupted fails in many ways, in a class's initializer too.
                if (!interruption.asked) {
                    throw failure;
                }
                return ended(end);
            }
        }
    }

    private static int ended(Work end) throws IOException {
        try {
            return end.run();
        } catch (InterruptedException again) {
            return Dynamirror.STOPPED;
        }
    }

    private void interruptAndWait() {
        asked = true;
        command.interrupt();
        try {
            if (!finished.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyShuttingDown) {
                // Then there is nothing left to stop.
                return;
            }
        }
    }
}
