package dev.dynamirror.write;

import org.jspecify.annotations.Nullable;

/**
 * How many write units may be consumed: a bucket that fills at a steady rate.
 *
 * <p>What a request will cost is estimated when it is sent, and set right when DynamoDB has said what it did cost, so the
 * bucket may be overdrawn; then nothing is sent until it has filled again.
 */
final class WriteBudget {

    /** How many seconds of units may be saved up. */
    private static final double BURST_SECONDS = 0.35;

    /** The share of what may be saved up that is waited for at most: the rest makes up for timers that are late. */
    private static final double AWAITED = 0.5;

    private static final double NANOS = 1e9;
    private static final double WEIGHT_OF_NEWEST = 0.1;

    private final double perSecond;
    private final double capacity;
    private double units;
    private long filledAt;

    /** What changes cost, for each unit that their size on the wire comes to: more with indexes, less with long names. */
    private double costRatio = 1;

    /**
     * Creates a budget.
     *
     * @param perSecond the units a second; null for no bound
     */
    WriteBudget(@Nullable Double perSecond, long now) {
        this.perSecond = perSecond == null ? Double.POSITIVE_INFINITY : perSecond;
        this.capacity = Math.max(1, this.perSecond * BURST_SECONDS);
        this.units = capacity;
        this.filledAt = now;
    }

    boolean isUnbounded() {
        return Double.isInfinite(perSecond);
    }

    /** What a request is likely to cost, by the sum of its changes' {@link #unitsOnWire}. */
    double estimate(long unitsOnWire) {
        return unitsOnWire * costRatio;
    }

    /** How many units on the wire may be sent now; a single change may have more. */
    long sendable(long now) {
        if (isUnbounded()) {
            return Long.MAX_VALUE;
        }
        fill(now);
        return (long) (units / costRatio);
    }

    /** The moment from which on so many units on the wire may be sent, or half of what can be saved up. */
    long sendableAt(long unitsOnWire, long now) {
        if (isUnbounded()) {
            return now;
        }
        fill(now);
        double missing = Math.min(Math.max(1, capacity * AWAITED), estimate(unitsOnWire)) - units;
        return missing <= 0 ? now : now + (long) Math.ceil(missing / perSecond * NANOS);
    }

    /** A request goes out that is likely to cost so much. */
    void reserve(double estimate, long now) {
        if (!isUnbounded()) {
            fill(now);
            units -= estimate;
        }
    }

    /** A request was not applied at all, and cost nothing. */
    void giveBack(double estimate) {
        if (!isUnbounded()) {
            units = Math.min(capacity, units + estimate);
        }
    }

    /**
     * A request was answered.
     *
     * @param estimate what was reserved for it
     * @param appliedOnWire the units on the wire of what was applied
     * @param actual what it did cost; NaN if DynamoDB does not say
     */
    void settle(double estimate, long appliedOnWire, double actual) {
        if (isUnbounded()) {
            return;
        }
        double cost = Double.isNaN(actual) ? estimate(appliedOnWire) : actual;
        units = Math.min(capacity, units + estimate - cost);
        if (appliedOnWire > 0 && cost > 0) {
            costRatio += WEIGHT_OF_NEWEST * (cost / appliedOnWire - costRatio);
        }
    }

    /** The units that a change of so many bytes on the wire comes to. */
    static long unitsOnWire(int bytes) {
        return (bytes + 1023L) >> 10;
    }

    private void fill(long now) {
        units = Math.min(capacity, units + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
