package dev.dynamirror.testkit.oracle;

/**
 * A row of a live table, at one moment.
 *
 * @param id the row's identity, which stays when its key changes
 * @param value the number of the change that put it, so that each put of a script has a value of its own, and a higher
 *     one than those before it: a version
 * @param payload how many bytes the row should carry beside
 */
public record Row(long id, RowKey key, long value, int payload) {

    /** Refuses a value that is not positive. */
    public Row {
        if (value <= 0) {
            throw new IllegalArgumentException("the value of a row must be positive, but is " + value);
        }
    }
}
