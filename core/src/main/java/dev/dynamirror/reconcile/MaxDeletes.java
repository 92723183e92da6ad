package dev.dynamirror.reconcile;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many items of a table may be deleted when it is reconciled: a guard against a live table that is empty by accident. */
public sealed interface MaxDeletes extends Serializable {

    /** Half of the items; of a table with at most 1,000 items all of them. */
    static MaxDeletes byDefault() {
        return new Share(new BigDecimal(50), 1_000);
    }

    /**
     * So many items, {@code 1000}, or a share of the table's items, {@code 50%}.
     *
     * @throws MirrorException if the text is neither, or the share is more than 100 %
     */
    static MaxDeletes parse(String text) {
        Matcher share = Share.TEXT.matcher(text.strip());
        if (share.matches()) {
            BigDecimal percent = new BigDecimal(share.group(1));
            if (percent.compareTo(Share.ALL) <= 0) {
                return new Share(percent, 0);
            }
        } else if (Count.TEXT.matcher(text.strip()).matches()) {
            return new Count(Long.parseLong(text.strip()));
        }
        throw new MirrorException("max-deletes is \"" + text
                + "\"; expected a number of items like 1000, or a share of them from 0% to 100%");
    }

    /** How many items may be deleted of a table with so many. */
    long of(long items);

    /**
     * A number of items.
     *
     * @param most how many, at least 0
     */
    record Count(long most) implements MaxDeletes {

        private static final Pattern TEXT = Pattern.compile("\\d{1,18}");

        @Override
        public long of(long items) {
            return most;
        }

        @Override
        public String toString() {
            return Long.toString(most);
        }
    }

    /**
     * A share of the table's items.
     *
     * @param percent how many of a hundred, from 0 to 100
     * @param smallTable of a table with at most so many items all may be deleted
     */
    record Share(BigDecimal percent, long smallTable) implements MaxDeletes {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");
        private static final BigDecimal ALL = new BigDecimal(100);

        @Override
        public long of(long items) {
            return items <= smallTable
                    ? items
                    : percent.multiply(BigDecimal.valueOf(items))
                            .divide(ALL, RoundingMode.DOWN)
                            .longValue();
        }

        @Override
        public String toString() {
            return percent.toPlainString() + "%";
        }
    }

    /**
     * Checks that a table may be reconciled.
     *
     * @param tableName the table's name
     * @param totals what was found of all of its items
     * @throws MirrorException if more items would be deleted; the message says how to allow it
     */
    default void check(String tableName, DifferenceTotals totals) {
        long most = of(totals.items());
        if (totals.unexpected() > most) {
            throw new MirrorException(
                    "table " + tableName + ": reconciling would delete " + totals.unexpected() + " of its "
                            + totals.items() + " items, as the live table, of " + totals.rows()
                            + " rows, doesn't have them; max-deletes is " + this + ", which allows " + most
                            + ", so nothing was changed. If the live table is right, allow it: max-deletes = "
                            + totals.unexpected());
        }
    }
}
