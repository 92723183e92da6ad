package dev.dynamirror.item;

import dev.dynamirror.error.MirrorException;

/** A row that can't become an item; names the table, the column, the row's key and the rule. */
public final class BadRowException extends MirrorException {

    private static final long serialVersionUID = 1L;

    BadRowException(String table, String column, String row, IllegalValueException cause) {
        super("table " + table + ": column \"" + column + "\" of " + row + ": " + cause.getMessage(), cause);
    }
}
