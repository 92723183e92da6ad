package dev.dynamirror.mirror;

import java.util.Locale;

/** What is done with a row that can't become an item. */
public enum OnBadRow {
    /** The mirror stops with an error; the good rows before it are written. */
    FAIL,
    /** The row goes to a file of JSON Lines with its reason, is counted, and the mirror goes on. */
    SET_ASIDE;

    /** The word for it in SQL and on the command line, like {@code set-aside}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
