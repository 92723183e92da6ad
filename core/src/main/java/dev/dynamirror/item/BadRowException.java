package dev.dynamirror.item;

import dev.dynamirror.error.MirrorException;

/** A row that can't become an item; names the table, the column, the row's key and the rule. */
public final class BadRowException extends MirrorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error of a whole row.
     *
     * @param table the table's name
     * @param row which row it is, as {@code row {id=7}}
     * @param cause what was found and expected
     */
    BadRowException(String table, String row, IllegalValueException cause) {
        super("table " + table + ": " + row + ": " + cause.getMessage(), cause);
    }

    /**
     * Creates the error of a column of a row.
     *
     * @param table the table's name
     * @param column the column's name
     * @param row which row it is, as {@code row {id=7}} or {@code a row}
     * @param cause what was found and expected
     */
    public BadRowException(String table, String column, String row, IllegalValueException cause) {
        super(
                "table " + table + ": column \"" + column + "\"" + cause.path() + " of " + row + ": " + cause.problem(),
                cause);
    }
}
