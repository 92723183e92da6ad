package dev.dynamirror.write;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link MirrorWriter} has done so far; counted in its loop, read by any thread. */
public final class WriterStatistics {

    final LongAdder put = new LongAdder();
    final LongAdder deleted = new LongAdder();
    final LongAdder merged = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder unprocessed = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder unknown = new LongAdder();

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

    /** How many changes came back unprocessed. */
    public long unprocessed() {
        return unprocessed.sum();
    }

    /** How many requests were throttled as a whole. */
    public long throttled() {
        return throttled.sum();
    }

    /** How many requests had an unknown outcome. */
    public long unknown() {
        return unknown.sum();
    }
}
