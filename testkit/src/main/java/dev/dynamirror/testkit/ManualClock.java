package dev.dynamirror.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that moves only when a test moves it: both a monotonic one like {@link System#nanoTime()}
 * ({@link #getAsLong()}) and one of the time of day ({@link #instant()}), which go together. Usable from several
 * threads.
 *
 * <p>The monotonic reading starts one second before it overflows, as {@code System.nanoTime()} may, so that code which
 * compares two readings instead of their difference fails its tests. The day starts at 2026-01-01T00:00:00Z.
 */
public final class ManualClock implements LongSupplier, InstantSource {

    private static final long NANOS_AT_START =
            Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private static final Instant INSTANT_AT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsed = new AtomicLong();

    /** Returns the monotonic reading in nanoseconds; only the difference between two readings means anything. */
    @Override
    public long getAsLong() {
        return NANOS_AT_START + elapsed.get();
    }

    @Override
    public Instant instant() {
        return INSTANT_AT_START.plusNanos(elapsed.get());
    }

    /** Returns how far this clock was moved since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsed.get());
    }

    /**
     * Moves this clock forward.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a clock goes forward only, but the duration is " + duration);
        }
        elapsed.addAndGet(duration.toNanos());
    }
}
