package dev.dynamirror.mirror;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.MirrorVersions;
import dev.dynamirror.item.OwnAttributes;
import dev.dynamirror.item.Tombstones;
import dev.dynamirror.item.Versioning;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a mirror writes its changes.
 *
 * @param maxWriteUnitsPerSecond how many write units all writers of the mirror together may use in a second, or null for
 *     as many as DynamoDB gives
 * @param giveUpAfter how long the mirror goes on while nothing at all gets through
 * @param mode what a row becomes
 * @param mergeDeletes what a deleted row removes, or null for {@link MergeDeletes#ITEM}; only for {@link WriteMode#MERGE}
 * @param order how older changes are kept from overwriting newer ones
 * @param transport how its requests are sent
 */
public record WriteSettings(
        @Nullable Double maxWriteUnitsPerSecond,
        Duration giveUpAfter,
        WriteMode mode,
        @Nullable MergeDeletes mergeDeletes,
        OrderSettings order,
        Transport transport)
        implements Serializable {

    /** How long a mirror goes on while nothing gets through if nobody says otherwise. */
    public static final Duration DEFAULT_GIVE_UP_AFTER = Duration.ofMinutes(15);

    /** Longer ones are for ever, and would overflow a clock. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Checks the settings.
     *
     * @throws MirrorException if the budget or the duration is not positive, the duration is more than 36,500 days, or it is said what deletes remove and rows are
     *     not merged
     */
    public WriteSettings {
        if (maxWriteUnitsPerSecond != null
                && !(maxWriteUnitsPerSecond > 0 && maxWriteUnitsPerSecond <= Double.MAX_VALUE)) {
            throw new MirrorException("max-write-units-per-second is " + maxWriteUnitsPerSecond
                    + ", and must be a positive number; leave it out for no budget");
        }
        requirePositive("give-up-after", giveUpAfter);
        if (mergeDeletes != null && mode != WriteMode.MERGE) {
            throw new MirrorException(
                    "merge-deletes is set, but rows are not merged; set write-mode to merge, or leave it out");
        }
    }

    static void requirePositive(String option, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new MirrorException(option + " is " + value + ", and must be a positive duration of at most "
                    + LONGEST.toDays() + " days");
        }
    }

    /**
     * What one of several writers may use of the budget, in write units a second; null without a budget.
     *
     * @param writers how many writers the mirror has
     * @throws IllegalArgumentException if there are none
     */
    public @Nullable Double unitsPerSecondOfOne(int writers) {
        if (writers < 1) {
            throw new IllegalArgumentException("a mirror has at least one writer, and not " + writers);
        }
        return maxWriteUnitsPerSecond == null ? null : maxWriteUnitsPerSecond / writers;
    }

    /**
     * Which requests the changes of one writer are.
     *
     * @param clock tells the time of day: when the writer was opened, which is now, and when tombstones may go
     */
    public ChangeForm form(InstantSource clock) {
        Versioning versioning = versioning(clock);
        return switch (mode) {
            case PUT -> versioning == null ? ChangeForm.batch() : ChangeForm.items(versioning);
            case MERGE ->
                mergeDeletes == MergeDeletes.ATTRIBUTES
                        ? ChangeForm.columnsKeepingItems(versioning)
                        : ChangeForm.columns(versioning);
        };
    }

    private @Nullable Versioning versioning(InstantSource clock) {
        if (order.ordering() != Ordering.VERSIONED) {
            return null;
        }
        return new Versioning(
                order.versionColumn(),
                order.versionColumn() == null ? new MirrorVersions(clock.millis()) : null,
                order.hasTombstones() ? new Tombstones(order.retention(), clock) : null);
    }

    /** The attribute by which DynamoDB's TTL removes the mirror's tombstones; null if it leaves none. */
    public @Nullable String expiryAttribute() {
        return order.hasTombstones() && mergeDeletes != MergeDeletes.ATTRIBUTES ? OwnAttributes.EXPIRES : null;
    }
}
