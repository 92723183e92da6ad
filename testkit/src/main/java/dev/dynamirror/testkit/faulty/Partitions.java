package dev.dynamirror.testkit.faulty;

import java.util.Arrays;

/** The partitions of a table: its keys are spread over them by hash, and each has its own bucket of write units. */
final class Partitions {

    private static final double NANOS = 1e9;

    private final Limit limit;
    private final double[] units;
    private long filled = System.nanoTime();

    /**
     * What each partition allows.
     *
     * @param count how many partitions each table has
     * @param unitsPerSecond what each is refilled by
     * @param burst how much each holds at most, and at first
     */
    record Limit(int count, double unitsPerSecond, double burst) {
        Limit {
            if (count < 1 || !(unitsPerSecond >= 0) || !(burst >= 0)) {
                throw new IllegalArgumentException("there are no " + count + " partitions of " + unitsPerSecond
                        + " write units a second and a burst of " + burst);
            }
        }
    }

    Partitions(Limit limit) {
        this.limit = limit;
        units = new double[limit.count];
        Arrays.fill(units, limit.burst);
    }

    /** Takes the units if there are enough, or as many as the partition ever holds: then it owes the rest. */
    boolean take(ItemKey key, double wanted) {
        refill();
        int partition = key.slice(units.length);
        if (units[partition] < Math.min(wanted, limit.burst)) {
            return false;
        }
        units[partition] -= wanted;
        return true;
    }

    private void refill() {
        long now = System.nanoTime();
        double more = (now - filled) / NANOS * limit.unitsPerSecond;
        filled = now;
        for (int i = 0; i < units.length; i++) {
            units[i] = Math.min(limit.burst, units[i] + more);
        }
    }
}
