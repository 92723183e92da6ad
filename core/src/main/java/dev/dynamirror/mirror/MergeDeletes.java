package dev.dynamirror.mirror;

import java.util.Locale;

/** What a deleted row removes in {@link WriteMode#MERGE}. */
public enum MergeDeletes {
    /** The whole item, with attributes that are not the mirror's. */
    ITEM,
    /** The mirror's columns: the item's key and its other attributes stay. */
    ATTRIBUTES;

    /** The word for it in SQL and on the command line, like {@code item}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
