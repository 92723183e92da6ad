package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A global secondary index of a table that is created. Its keys are columns of the live table.
 *
 * @param name its name
 * @param partitionKey the column that is its partition key
 * @param sortKey the column that is its sort key, or null for an index without one
 * @param projection which attributes it has beside the keys
 * @param included the names of those attributes, if the projection is {@link Projection#INCLUDE}; else empty
 */
public record GlobalIndex(
        String name, String partitionKey, @Nullable String sortKey, Projection projection, List<String> included)
        implements Serializable {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    /** Which attributes an index has beside its own keys and the table's. */
    public enum Projection {
        /** All. */
        ALL,
        /** None. */
        KEYS_ONLY,
        /** Those that are named. */
        INCLUDE
    }

    /**
     * Checks the index.
     *
     * @throws MirrorException if DynamoDB takes no index of that name, both keys are one column, a key's name is empty, or
     *     attributes are named that are not included, or the other way round
     */
    public GlobalIndex {
        included = List.copyOf(included);
        if (!NAME.matcher(name).matches()) {
            throw new MirrorException("\"" + name + "\" is no name of an index; expected 3 to 255 of the characters"
                    + " a-z, A-Z, 0-9, _, - and .");
        }
        if (partitionKey.isEmpty() || (sortKey != null && sortKey.isEmpty())) {
            throw new MirrorException("the index " + name + " has a key whose name is empty");
        }
        if (partitionKey.equals(sortKey)) {
            throw new MirrorException("the index " + name + " has the column \"" + sortKey
                    + "\" as partition key and as sort key; they must be two columns");
        }
        if (included.isEmpty() == (projection == Projection.INCLUDE)) {
            throw new MirrorException("the index " + name
                    + (included.isEmpty()
                            ? " includes attributes, but names none"
                            : " names attributes, but its projection is not include"));
        }
    }

    /** An index with all attributes; {@code sortKey} may be null. */
    public static GlobalIndex of(String name, String partitionKey, @Nullable String sortKey) {
        return new GlobalIndex(name, partitionKey, sortKey, Projection.ALL, List.of());
    }

    /**
     * Reads indexes like {@code by-customer(customer, at), by-day(day) keys_only, by-item(item) include(price, note)}.
     *
     * @throws MirrorException if the text is none of that form, or an index is none
     */
    public static List<GlobalIndex> parse(String text) {
        return new GlobalIndexParser(text).parse();
    }

    /** The columns that are its keys, in order. */
    List<String> keys() {
        return Stream.concat(Stream.of(partitionKey), Stream.ofNullable(sortKey))
                .toList();
    }

    /** The text that {@link #parse} makes an index of. */
    @Override
    public String toString() {
        return name
                + GlobalIndexParser.columns(keys())
                + switch (projection) {
                    case ALL -> "";
                    case KEYS_ONLY -> " keys_only";
                    case INCLUDE -> " include" + GlobalIndexParser.columns(included);
                };
    }
}
