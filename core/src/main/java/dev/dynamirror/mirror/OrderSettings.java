package dev.dynamirror.mirror;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How older changes are kept from overwriting newer ones.
 *
 * @param ordering how
 * @param versionColumn the column that is the version, or null for the mirror's own versions
 * @param versionedDeletes what a delete leaves behind, or null for {@link VersionedDeletes#TOMBSTONE}
 * @param tombstoneRetention how long tombstones stay at least, or null for {@link #DEFAULT_RETENTION}
 */
public record OrderSettings(
        Ordering ordering,
        @Nullable String versionColumn,
        @Nullable VersionedDeletes versionedDeletes,
        @Nullable Duration tombstoneRetention)
        implements Serializable {

    /** How long tombstones stay at least if nobody says otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

    /**
     * Checks that nothing is said of versions or tombstones that there are not.
     *
     * @throws MirrorException if it is, the column's name is empty, or the retention is not positive
     */
    public OrderSettings {
        if (ordering != Ordering.VERSIONED) {
            refuse("version-column", versionColumn);
            refuse("versioned-deletes", versionedDeletes);
            refuse("tombstone-retention", tombstoneRetention);
        }
        if (versionColumn != null && versionColumn.isEmpty()) {
            throw new MirrorException("the name of the version column is empty");
        }
        if (tombstoneRetention != null) {
            WriteSettings.requirePositive("tombstone-retention", tombstoneRetention);
            if (versionedDeletes == VersionedDeletes.REMOVE) {
                throw new MirrorException("tombstone-retention is set, but versioned-deletes is remove, which leaves no"
                        + " tombstones; leave out one of them");
            }
        }
    }

    private static void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw new MirrorException(
                    option + " is set, but the mirror is not versioned; set ordering to versioned, or leave it out");
        }
    }

    /** Whether deletes leave tombstones. */
    boolean hasTombstones() {
        return ordering == Ordering.VERSIONED && versionedDeletes != VersionedDeletes.REMOVE;
    }

    /** How long tombstones stay at least. */
    Duration retention() {
        return tombstoneRetention == null ? DEFAULT_RETENTION : tombstoneRetention;
    }
}
