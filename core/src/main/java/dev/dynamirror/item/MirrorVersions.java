package dev.dynamirror.item;

import java.math.BigDecimal;

/**
 * The versions that a mirror itself gives to changes: numbers of which each is larger than the one before.
 *
 * <p>A version is {@code epoch * 10^12 + sequence}: the epoch is when the writer was opened, in milliseconds since 1970, so
 * that a writer that takes over begins above all that was before, as long as no clock is set back and none is ahead of
 * another; the sequence counts the changes. It has at most 31 digits, of the 38 that DynamoDB takes.
 *
 * <p>Not safe for use by several threads.
 */
public final class MirrorVersions {

    private static final long SEQUENCES = 1_000_000_000_000L;

    private long epoch;
    private long sequence;

    /**
     * Versions that begin with that epoch.
     *
     * @param epoch in milliseconds since 1970
     * @throws IllegalArgumentException if it is not positive
     */
    public MirrorVersions(long epoch) {
        if (epoch <= 0) {
            throw new IllegalArgumentException("an epoch is in milliseconds since 1970, and not " + epoch);
        }
        this.epoch = epoch;
    }

    /** Versions of that epoch, from the one behind that sequence. */
    MirrorVersions(long epoch, long sequence) {
        this(epoch);
        this.sequence = sequence;
    }

    /**
     * Whether one version is of a later epoch than another.
     *
     * @param version a version as DynamoDB gives it
     * @param other the same
     * @throws NumberFormatException if one of them is no number
     */
    public static boolean isOfLaterEpoch(String version, String other) {
        return epoch(version).compareTo(epoch(other)) > 0;
    }

    private static BigDecimal epoch(String version) {
        return new BigDecimal(version).divideToIntegralValue(BigDecimal.valueOf(SEQUENCES));
    }

    /** The next version, larger than all before. */
    public KeyAttribute next() {
        sequence++;
        if (sequence == SEQUENCES) {
            epoch++;
            sequence = 0;
        }
        // The sequence has twelve digits: a 1 in front of them, which the epoch replaces.
        return KeyAttribute.NumberKey.of(
                epoch + Long.toString(SEQUENCES + sequence).substring(1));
    }
}
