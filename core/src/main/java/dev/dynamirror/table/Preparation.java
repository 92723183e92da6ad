package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a mirror's table before the first write.
 *
 * @param table the name and the key that the mirror needs
 * @param initMode what is done with the table
 * @param settings what the table is like if it is created
 * @param expiryAttribute the attribute by which DynamoDB's TTL is to remove the mirror's tombstones, or null if it leaves
 *     none
 * @param columns the live table's columns, each with the type that it has as a key, or empty if it can't be one
 */
public record Preparation(
        TableSpec table,
        InitMode initMode,
        TableSettings settings,
        @Nullable String expiryAttribute,
        Map<String, Optional<KeyType>> columns) {

    /**
     * Checks that the indexes' keys are columns that can be keys, and that there is one TTL.
     *
     * @throws MirrorException if not
     */
    public Preparation {
        columns = new LinkedHashMap<>(columns);
        for (GlobalIndex index : settings.globalIndexes()) {
            for (String key : index.keys()) {
                Optional<KeyType> type = columns.get(key);
                if (type == null) {
                    throw new MirrorException("table " + table.name() + ": the index " + index.name()
                            + " has the key \"" + key + "\", which is not a column of the live table; its columns are "
                            + columns.keySet().stream()
                                    .map(name -> '"' + name + '"')
                                    .collect(Collectors.joining(", ")));
                }
                if (type.isEmpty()) {
                    throw new MirrorException("table " + table.name() + ": the index " + index.name()
                            + " has the key \"" + key + "\", a column whose type can't be used in a key; the types that"
                            + " can are " + KeyType.liveTypes());
                }
            }
        }
        String ttl = settings.ttlAttribute();
        if (ttl != null && expiryAttribute != null && !ttl.equals(expiryAttribute)) {
            throw new MirrorException("table " + table.name() + ": ttl-attribute is " + ttl + ", but the mirror's"
                    + " tombstones go by " + expiryAttribute
                    + ", and a table has one such attribute; leave ttl-attribute"
                    + " out, or set versioned-deletes to remove");
        }
    }

    /** The preparation of a table of which nothing is known but its key. */
    public static Preparation of(TableSpec table, InitMode initMode) {
        return new Preparation(table, initMode, TableSettings.NONE, null, Map.of());
    }

    /** The same with another init mode. */
    public Preparation with(InitMode otherMode) {
        return new Preparation(table, otherMode, settings, expiryAttribute, columns);
    }

    /** The attribute of the TTL of a table that is created without an older one in its place; null for none. */
    @Nullable
    String ttlAttribute() {
        return expiryAttribute == null ? settings.ttlAttribute() : expiryAttribute;
    }
}
