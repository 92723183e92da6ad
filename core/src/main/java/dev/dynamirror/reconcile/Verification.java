package dev.dynamirror.reconcile;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a comparison of a live table with its DynamoDB table has found.
 *
 * @param totals how many items are equal and how many are not
 * @param firstDifferences the first differences, by key; at most {@link #MOST_DIFFERENCES}
 * @param rowsSetAside how many rows can't become items, and are left out of the comparison
 */
public record Verification(DifferenceTotals totals, List<Difference> firstDifferences, long rowsSetAside)
        implements Serializable {

    /** How many differences it has itself. */
    public static final int MOST_DIFFERENCES = 20;

    /** Nothing was compared. */
    public static final Verification NONE = new Verification(DifferenceTotals.NONE, List.of(), 0);

    private static final Comparator<Difference> BY_KEY = Comparator.comparing(Difference::sortableKey, Arrays::compare);

    /** Takes over the differences. */
    public Verification {
        firstDifferences = List.copyOf(firstDifferences);
    }

    /** What was found of two parts of the tables. */
    public Verification plus(Verification other) {
        List<Difference> first = Stream.concat(firstDifferences.stream(), other.firstDifferences.stream())
                .sorted(BY_KEY)
                .limit(MOST_DIFFERENCES)
                .toList();
        return new Verification(totals.plus(other.totals), first, rowsSetAside + other.rowsSetAside);
    }
}
