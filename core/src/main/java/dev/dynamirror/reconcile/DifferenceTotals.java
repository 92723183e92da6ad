package dev.dynamirror.reconcile;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many items of a live table and of a DynamoDB table are equal or not, and what it would cost to repair that.
 *
 * @param equal items that are what their rows say
 * @param missing rows without an item
 * @param unexpected items without a row
 * @param different items that are not what their rows say
 * @param putUnits what it costs to put the missing and the different ones, in write units, without indexes
 * @param deleteUnits what it costs to delete the unexpected ones, in write units, without indexes
 * @param expected the checksum of the live table
 * @param found the checksum of the DynamoDB table
 */
public record DifferenceTotals(
        long equal,
        long missing,
        long unexpected,
        long different,
        long putUnits,
        long deleteUnits,
        Checksum expected,
        Checksum found)
        implements Serializable {

    /** Nothing was compared. */
    public static final DifferenceTotals NONE = new DifferenceTotals(0, 0, 0, 0, 0, 0, Checksum.NONE, Checksum.NONE);

    private static final int WRITE_UNIT = 1024;

    /** The totals of one key; at least one of the contents is there. */
    static DifferenceTotals of(@Nullable Content expected, @Nullable Content found) {
        if (found == null) {
            Content row = Objects.requireNonNull(expected);
            return new DifferenceTotals(0, 1, 0, 0, units(row.size()), 0, Checksum.of(row), Checksum.NONE);
        }
        if (expected == null) {
            return new DifferenceTotals(0, 0, 1, 0, 0, units(found.size()), Checksum.NONE, Checksum.of(found));
        }
        if (expected.hasSame(found)) {
            Checksum both = Checksum.of(found);
            return new DifferenceTotals(1, 0, 0, 0, 0, 0, both, both);
        }
        long units = units(Math.max(expected.size(), found.size()));
        return new DifferenceTotals(0, 0, 0, 1, units, 0, Checksum.of(expected), Checksum.of(found));
    }

    /** Both together. */
    public DifferenceTotals plus(DifferenceTotals other) {
        return new DifferenceTotals(
                equal + other.equal,
                missing + other.missing,
                unexpected + other.unexpected,
                different + other.different,
                putUnits + other.putUnits,
                deleteUnits + other.deleteUnits,
                expected.plus(other.expected),
                found.plus(other.found));
    }

    /** How many items the DynamoDB table has. */
    public long items() {
        return equal + unexpected + different;
    }

    /** How many rows the live table has. */
    public long rows() {
        return equal + missing + different;
    }

    /** Whether the DynamoDB table equals the live table. */
    public boolean areEqual() {
        return missing == 0 && unexpected == 0 && different == 0;
    }

    /** What repairing costs, in write units, without indexes. */
    public long writeUnits() {
        return putUnits + deleteUnits;
    }

    private static long units(int size) {
        return (size + (WRITE_UNIT - 1L)) / WRITE_UNIT;
    }
}
