package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writes that were applied, and what they consumed. */
final class History {

    static final long BUCKET_MILLIS = 10;

    private final List<AppliedWrite> writes = new ArrayList<>();
    private final TreeMap<Long, Double> buckets = new TreeMap<>();
    private boolean kept = true;
    private long applied;
    private double units;
    private double readUnits;

    synchronized void add(
            Table table,
            String operation,
            ObjectNode key,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            double writeUnits) {
        Instant now = Instant.now();
        if (kept) {
            writes.add(new AppliedWrite(applied, now, table.name(), operation, key, before, after, writeUnits));
        }
        applied++;
        consume(now, writeUnits);
    }

    /** Adds what a write consumed that changed nothing. */
    synchronized void consumed(double writeUnits) {
        consume(Instant.now(), writeUnits);
    }

    /** Adds what a scan or a query consumed. */
    synchronized void read(double units) {
        readUnits += units;
    }

    private void consume(Instant now, double writeUnits) {
        units += writeUnits;
        buckets.merge(now.toEpochMilli() / BUCKET_MILLIS, writeUnits, Double::sum);
    }

    synchronized List<AppliedWrite> writes() {
        return List.copyOf(writes);
    }

    synchronized void keep(boolean keep) {
        kept = keep;
    }

    synchronized void clear() {
        writes.clear();
        buckets.clear();
        applied = 0;
        units = 0;
        readUnits = 0;
    }

    synchronized long applied() {
        return applied;
    }

    synchronized double units() {
        return units;
    }

    synchronized double readUnits() {
        return readUnits;
    }

    synchronized List<Consumption> consumption() {
        List<Consumption> all = new ArrayList<>(buckets.size());
        buckets.forEach((bucket, sum) -> all.add(new Consumption(start(bucket), sum)));
        return all;
    }

    /** The most that was consumed within any time of this length. */
    synchronized double mostWithin(Duration window) {
        long length = Math.max(1, window.toMillis() / BUCKET_MILLIS);
        Deque<Map.Entry<Long, Double>> within = new ArrayDeque<>();
        double sum = 0;
        double most = 0;
        for (Map.Entry<Long, Double> bucket : buckets.entrySet()) {
            within.add(bucket);
            sum += bucket.getValue();
            while (within.getFirst().getKey() <= bucket.getKey() - length) {
                sum -= within.removeFirst().getValue();
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private static Instant start(long bucket) {
        return Instant.ofEpochMilli(bucket * BUCKET_MILLIS);
    }
}
