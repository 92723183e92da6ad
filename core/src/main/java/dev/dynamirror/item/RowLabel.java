package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/**
 * Which row an error is of.
 *
 * @param text the row in words
 * @param key its key, or null if it has no good one
 */
record RowLabel(String text, @Nullable String key) {

    /** A row of whose key nothing is known. */
    static final RowLabel UNKNOWN = new RowLabel("a row", null);

    /** The row of a key like {@code {id=7}}. */
    static RowLabel ofKey(String key) {
        return new RowLabel("row " + key, key);
    }

    /** A row of which only the partition key is known. */
    static RowLabel ofPartition(String partition) {
        return new RowLabel("row " + partition, null);
    }
}
