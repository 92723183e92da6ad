package dev.dynamirror.write;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures in a row: exponential, with full jitter. */
final class BackOff {

    private static final int MOST_DOUBLINGS = 30;

    private final RandomGenerator random;
    private final long first;
    private final long longest;

    /**
     * Creates a back-off.
     *
     * @param first the longest wait after one failure
     * @param longest the longest wait after whatever many failures
     */
    BackOff(RandomGenerator random, Duration first, Duration longest) {
        this.random = random;
        this.first = first.toNanos();
        this.longest = longest.toNanos();
    }

    /** The nanoseconds to wait after so many failures in a row, at least one; drawn anew at each call. */
    long afterFailures(int failures) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        return random.nextLong(Math.min(longest, first << doublings));
    }
}
