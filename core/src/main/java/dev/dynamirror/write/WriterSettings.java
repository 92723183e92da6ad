package dev.dynamirror.write;

import java.time.Duration;

/**
 * The bounds of a {@link MirrorWriter}.
 *
 * @param maxPendingChanges how many changes may wait or be in flight before {@link MirrorWriter#apply} blocks. The
 *     look-ahead is what gives the concurrency: keys in flight are passed over, and hot keys merge
 * @param maxPendingBytes the same in bytes of changes on the wire
 * @param linger how long a change may wait for others to fill its batch, or for a newer change of its key to replace it
 * @param giveUpAfter how long the writer goes on while nothing at all gets through
 */
record WriterSettings(int maxPendingChanges, long maxPendingBytes, Duration linger, Duration giveUpAfter) {

    static final WriterSettings DEFAULT =
            new WriterSettings(10_000, 64L << 20, Duration.ofMillis(50), Duration.ofMinutes(15));
}
