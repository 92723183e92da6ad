package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/**
 * How a mirror tells DynamoDB which of two changes of a key is the newer one.
 *
 * @param column the column of the live table that is the version, or null
 * @param own the mirror's own versions, there if and only if no column is the version
 * @param tombstones how deletes are marked, or null if a delete removes its item and leaves no mark
 */
public record Versioning(
        @Nullable String column,
        @Nullable MirrorVersions own,
        @Nullable Tombstones tombstones) {

    /**
     * Checks that there is one version.
     *
     * @throws IllegalArgumentException if there is none, or are two
     */
    public Versioning {
        if ((column == null) == (own == null)) {
            throw new IllegalArgumentException("a version is a column or the mirror's own, and not both");
        }
    }

    /** The attribute that is the version. */
    String attribute() {
        return column == null ? OwnAttributes.VERSION : column;
    }
}
