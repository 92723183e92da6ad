package dev.dynamirror.item;

import dev.dynamirror.error.MirrorException;
import org.jspecify.annotations.Nullable;

/** A row that can't become an item; names the table, the column, the row's key and the rule. */
public final class BadRowException extends MirrorException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final @Nullable String column;
    private final @Nullable String key;
    private final String reason;

    /**
     * Creates the error of a column of a row whose key is not known.
     *
     * @param table the table's name
     * @param column the column's name
     * @param cause what was found and expected
     */
    public BadRowException(String table, String column, IllegalValueException cause) {
        this(table, column, RowLabel.UNKNOWN, cause);
    }

    /**
     * Creates the error of a row.
     *
     * @param table the table's name
     * @param column the column's name, or null for an error of the whole row
     * @param row which row it is
     * @param cause what was found and expected
     */
    BadRowException(String table, @Nullable String column, RowLabel row, IllegalValueException cause) {
        super("table " + table + ": " + place(column, row, cause) + ": " + cause.problem(), cause);
        this.table = table;
        this.column = column;
        this.key = row.key();
        this.reason = String.valueOf(cause.getMessage());
    }

    private static String place(@Nullable String column, RowLabel row, IllegalValueException cause) {
        return column == null ? row.text() : "column \"" + column + "\"" + cause.path() + " of " + row.text();
    }

    /** The table's name. */
    public String table() {
        return table;
    }

    /** The name of the column that is to blame, or null if the whole row is. */
    public @Nullable String column() {
        return column;
    }

    /** The row's key as {@code {id=7}}, or null if the key itself is bad. */
    public @Nullable String key() {
        return key;
    }

    /** What was found, which rule it breaks, and what to do; with the place in the column's value, if it is nested. */
    public String reason() {
        return reason;
    }
}
