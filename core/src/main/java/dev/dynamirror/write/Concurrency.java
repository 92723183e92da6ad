package dev.dynamirror.write;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many requests may be in flight, and from when on.
 *
 * <p>Additive increase while replies are good, multiplicative decrease when DynamoDB throttles, and a pause that grows
 * exponentially with full jitter while it goes on throttling.
 */
final class Concurrency {

    private static final int FIRST_LIMIT = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;
    private double limit = FIRST_LIMIT;
    private int doublings;
    private long pausedUntil;
    private long decreasedAt;

    Concurrency(RandomGenerator random, long now) {
        this.random = random;
        this.pausedUntil = now;
        this.decreasedAt = now - 1;
    }

    int limit() {
        return (int) limit;
    }

    /** The time from which on requests may be sent. */
    long pausedUntil() {
        return pausedUntil;
    }

    /** All of a request got through. */
    void good() {
        limit = Math.min(BatchTransport.MAX_REQUESTS, limit + 1 / limit);
        doublings = 0;
    }

    /** A request sent at that time was throttled, came back in part, or has an unknown outcome. */
    void throttled(long sentAt, long now) {
        // The requests that were in flight together tell one thing only.
        if (sentAt - decreasedAt > 0) {
            limit = Math.max(1, limit / 2);
            decreasedAt = now;
            doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
        }
        pause(now);
    }

    private void pause(long now) {
        long longest = Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << doublings);
        long until = now + random.nextLong(longest);
        if (until - pausedUntil > 0) {
            pausedUntil = until;
        }
    }
}
