package dev.dynamirror.write;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a {@link MirrorWriter}.
 *
 * @param maxPendingChanges how many changes may wait or be in flight before {@link MirrorWriter#apply} blocks. The
 *     look-ahead is what gives the concurrency: keys in flight are passed over, and hot keys merge
 * @param maxPendingBytes the same in bytes of changes on the wire
 * @param linger how long a change waits for others to fill its batch and for a newer change of its key to replace it; the
 *     oldest go sooner when a third of what may be pending waits like that
 * @param deleteLinger the same for a delete, which waits so long in any case: an engine gives some updates as a delete and
 *     an insert, and may pass them on in two pieces
 * @param giveUpAfter how long the writer goes on while nothing at all gets through
 * @param maxWriteUnitsPerSecond how many write units a second may be consumed; null for as many as DynamoDB gives
 */
public record WriterSettings(
        int maxPendingChanges,
        long maxPendingBytes,
        Duration linger,
        Duration deleteLinger,
        Duration giveUpAfter,
        @Nullable Double maxWriteUnitsPerSecond) {

    /** What every mirror begins with: no budget, and fifteen minutes until it gives up. */
    public static final WriterSettings DEFAULT = new WriterSettings(
            10_000, 64L << 20, Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(15), null);

    /** These settings with another time until the writer gives up, and another budget. */
    public WriterSettings with(Duration newGiveUpAfter, @Nullable Double newMaxWriteUnitsPerSecond) {
        return new WriterSettings(
                maxPendingChanges, maxPendingBytes, linger, deleteLinger, newGiveUpAfter, newMaxWriteUnitsPerSecond);
    }
}
