package dev.dynamirror.mirror;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.reconcile.MaxDeletes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is compared with the live table.
 *
 * @param ignoreAttributes attributes of items that are not compared, as somebody else looks after them
 * @param maxDeletes how many items may be deleted, or null for {@link MaxDeletes#byDefault}
 * @param maxReadUnitsPerSecond how many read units all readers of the table together may use in a second, or null for as
 *     many as DynamoDB gives
 */
public record ReconcileSettings(
        List<String> ignoreAttributes,
        @Nullable MaxDeletes maxDeletes,
        @Nullable Double maxReadUnitsPerSecond) implements Serializable {

    /** Nothing is set. */
    public static final ReconcileSettings NONE = new ReconcileSettings(List.of(), null, null);

    /**
     * Checks the settings.
     *
     * @throws MirrorException if the name of an attribute is empty, or the read units are not positive
     */
    public ReconcileSettings {
        ignoreAttributes = List.copyOf(ignoreAttributes);
        if (ignoreAttributes.contains("")) {
            throw new MirrorException("ignore-attributes names an attribute that is empty");
        }
        if (maxReadUnitsPerSecond != null
                && !(maxReadUnitsPerSecond > 0 && maxReadUnitsPerSecond <= Double.MAX_VALUE)) {
            throw new MirrorException("max-read-units-per-second is " + maxReadUnitsPerSecond
                    + ", and must be a positive number; leave it out for as many as DynamoDB gives");
        }
    }

    /** How many items may be deleted. */
    public MaxDeletes deletes() {
        return maxDeletes == null ? MaxDeletes.byDefault() : maxDeletes;
    }

    /** The options that are set, by their words. */
    List<String> optionsThatAreSet() {
        List<String> options = new ArrayList<>();
        if (!ignoreAttributes.isEmpty()) {
            options.add("ignore-attributes");
        }
        if (maxDeletes != null) {
            options.add("max-deletes");
        }
        if (maxReadUnitsPerSecond != null) {
            options.add("max-read-units-per-second");
        }
        return options;
    }
}
