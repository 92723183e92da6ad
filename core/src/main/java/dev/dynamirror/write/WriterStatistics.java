package dev.dynamirror.write;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What a {@link MirrorWriter} has done so far; counted in its loop, read by any thread. */
public final class WriterStatistics {

    final LongAdder put = new LongAdder();
    final LongAdder deleted = new LongAdder();
    final LongAdder merged = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder unprocessed = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder notSent = new LongAdder();
    final LongAdder overtaken = new LongAdder();
    final LongAdder refused = new LongAdder();
    final DoubleAdder writeUnits = new DoubleAdder();
    private final ConcurrentMap<String, LongAdder> throttledBy = new ConcurrentSkipListMap<>();

    WriterStatistics() {}

    /** How many items were put. */
    public long put() {
        return put.sum();
    }

    /** How many items were deleted. */
    public long deleted() {
        return deleted.sum();
    }

    /** How many changes were never written because a newer one of their key replaced them. */
    public long merged() {
        return merged.sum();
    }

    /** How many requests were sent. */
    public long requests() {
        return requests.sum();
    }

    /** How many bytes the changes in all requests had, those that were sent again too. */
    public long bytesSent() {
        return bytesSent.sum();
    }

    /** How many changes came back unprocessed. */
    public long unprocessed() {
        return unprocessed.sum();
    }

    /** How many requests were throttled as a whole. */
    public long throttled() {
        return throttled.sum();
    }

    /** How many requests could not be sent, as nobody was there, or their credentials or their time were wrong. */
    public long notSent() {
        return notSent.sum();
    }

    /** How many requests had an unknown outcome. */
    public long unknown() {
        return unknown.sum();
    }

    /** How many changes were not applied as the item had a version that was not older. */
    public long overtaken() {
        return overtaken.sum();
    }

    /** How many changes DynamoDB refused for good. */
    public long refused() {
        return refused.sum();
    }

    /** How many write units were consumed, of the table and its indexes, as far as DynamoDB said so. */
    public double writeUnits() {
        return writeUnits.sum();
    }

    /**
     * How many requests were throttled as a whole, for each reason that DynamoDB gave: {@code
     * IndexWriteProvisionedThroughputExceeded of index by-customer}.
     */
    public Map<String, Long> throttledBy() {
        Map<String, Long> counts = new TreeMap<>();
        throttledBy.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    /** Counts a throttled request; says whether it is the first one for that reason. */
    boolean addThrottledBy(String reason) {
        boolean first = !throttledBy.containsKey(reason);
        throttledBy.computeIfAbsent(reason, unseen -> new LongAdder()).increment();
        return first;
    }
}
