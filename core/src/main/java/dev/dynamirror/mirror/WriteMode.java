package dev.dynamirror.mirror;

import java.util.Locale;

/** What a row becomes. */
public enum WriteMode {
    /** A whole item: it has the columns of the row, and no other attributes. */
    PUT,
    /** Attributes of an item: those of the columns are set, and all others that the item has stay. */
    MERGE;

    /** The word for it in SQL and on the command line, like {@code put}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
