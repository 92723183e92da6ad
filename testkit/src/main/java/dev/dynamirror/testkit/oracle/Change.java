package dev.dynamirror.testkit.oracle;

import org.jspecify.annotations.Nullable;

/**
 * One change of a live table.
 *
 * @param number which change of the script it is, from 1; also the value of the row that it puts
 * @param before the row as it was, null if it was not there
 * @param after the row as it is then, null if it is gone; its key may be another than before
 */
public record Change(
        long number, @Nullable Row before, @Nullable Row after) {

    /** What becomes of the row. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    /** Refuses a change without rows, and one of two rows. */
    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException("change " + number + " has no row");
        }
        if (before != null && after != null && before.id() != after.id()) {
            throw new IllegalArgumentException(
                    "change " + number + " is of two rows: " + before.id() + " and " + after.id());
        }
    }

    /** Returns what becomes of the row. */
    public Kind kind() {
        if (before == null) {
            return Kind.INSERT;
        }
        return after == null ? Kind.DELETE : Kind.UPDATE;
    }
}
