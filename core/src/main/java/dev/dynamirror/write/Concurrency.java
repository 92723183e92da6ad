package dev.dynamirror.write;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How many requests may be in flight, and from when on.
 *
 * <p>Doubled in each round trip until the first trouble; from then on additive increase while replies are good, multiplicative
 * decrease when they are not. What is not used does not grow: nobody knows whether more would be too much. While nothing at all gets through
 * there is a pause, too, which grows exponentially with full jitter, for each kind of trouble by itself.
 */
final class Concurrency {

    private static final int FIRST_LIMIT = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Why a request did not get through. */
    enum Trouble {
        /** DynamoDB said that it was too much. */
        THROTTLED,
        /** The reply was lost, or told of an error inside DynamoDB, or of credentials that have expired. */
        FAILED
    }

    private final BackOff backOff;
    private final Map<Trouble, Integer> failures = new EnumMap<>(Trouble.class);
    private double limit = FIRST_LIMIT;

    /** Whether there was no trouble yet, so that nobody knows how much is too much. */
    private boolean untroubled = true;

    private long pausedUntil;
    private long decreasedAt;

    Concurrency(RandomGenerator random, long now) {
        this.backOff = new BackOff(random, FIRST_PAUSE, LONGEST_PAUSE);
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

    /**
     * All of a request got through.
     *
     * @param inFlight how many requests were in flight until then, with this one
     */
    void good(int inFlight) {
        if (inFlight >= limit()) {
            limit = Math.min(BatchTransport.MAX_REQUESTS, limit + (untroubled ? 1 : 1 / limit));
        }
        failures.clear();
    }

    /** A request got through in part, or not at all while others did: a single failure says nothing of how much is too much. */
    void slower(Trouble trouble, long sentAt, long now) {
        if (trouble == Trouble.THROTTLED) {
            decrease(sentAt, now);
        }
        failures.clear();
    }

    /** A request did not get through, and none did since it was sent. */
    void stuck(Trouble trouble, long sentAt, long now) {
        if (decrease(sentAt, now)) {
            failures.merge(trouble, 1, Integer::sum);
        }
        long until = now + backOff.afterFailures(failures.getOrDefault(trouble, 1));
        if (until - pausedUntil > 0) {
            pausedUntil = until;
        }
    }

    /** Halves the limit, unless it was halved since the request was sent: requests in flight together tell one thing only. */
    private boolean decrease(long sentAt, long now) {
        if (sentAt - decreasedAt <= 0) {
            return false;
        }
        limit = Math.max(1, limit / 2);
        untroubled = false;
        decreasedAt = now;
        return true;
    }
}
