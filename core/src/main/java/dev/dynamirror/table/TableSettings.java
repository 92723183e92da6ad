package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror's table is like if the mirror creates it; a table that is there is not changed.
 *
 * <p>What is not set is DynamoDB's own default for a new table, and as it was for a table that is replaced.
 *
 * @param capacity how much it takes
 * @param tableClass its class, or null
 * @param encryptionKey the id, ARN or alias of the KMS key that its items are encrypted with, or null
 * @param tags its tags; those of a table that is replaced stay beside them
 * @param ttlAttribute the attribute with the second since 1970 after which DynamoDB removes an item, or null
 * @param deletionProtection whether DynamoDB refuses to delete it, or null
 * @param stream what its stream tells, or null
 * @param globalIndexes its global secondary indexes; those of a table that is replaced stay beside them
 * @param replaceProtected whether a table that is protected against deletion may be replaced all the same
 */
public record TableSettings(
        CapacitySettings capacity,
        @Nullable TableClass tableClass,
        @Nullable String encryptionKey,
        Map<String, String> tags,
        @Nullable String ttlAttribute,
        @Nullable DeletionProtection deletionProtection,
        @Nullable StreamView stream,
        List<GlobalIndex> globalIndexes,
        boolean replaceProtected)
        implements Serializable {

    /** Nothing is set. */
    public static final TableSettings NONE = builder().build();

    private static final int MOST_TAGS = 50;
    private static final int MOST_INDEXES = 20;
    private static final int LONGEST_TAG_KEY = 128;
    private static final int LONGEST_TAG_VALUE = 256;
    private static final int LONGEST_ATTRIBUTE_BYTES = 255;

    /**
     * Checks what DynamoDB would refuse.
     *
     * @throws MirrorException if a tag, a name or a number of them is none that DynamoDB takes, or two indexes have one name
     */
    public TableSettings {
        tags = Map.copyOf(tags);
        globalIndexes = List.copyOf(globalIndexes);
        if (encryptionKey != null && encryptionKey.isBlank()) {
            throw new MirrorException("encryption-key is empty; expected the id, ARN or alias of a KMS key");
        }
        checkTags(tags);
        if (ttlAttribute != null) {
            int bytes = ttlAttribute.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > LONGEST_ATTRIBUTE_BYTES) {
                throw new MirrorException("ttl-attribute is a name of " + bytes + " bytes, and must have 1 to "
                        + LONGEST_ATTRIBUTE_BYTES);
            }
        }
        checkIndexes(globalIndexes);
    }

    private static void checkTags(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw new MirrorException("tags has " + tags.size() + " tags, and DynamoDB takes at most " + MOST_TAGS);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_TAG_KEY || key.startsWith("aws:")) {
                throw new MirrorException("tags has the key \"" + key + "\"; a tag's key has 1 to " + LONGEST_TAG_KEY
                        + " characters and doesn't begin with aws:");
            }
            if (value.length() > LONGEST_TAG_VALUE) {
                throw new MirrorException("the tag \"" + key + "\" has a value of " + value.length()
                        + " characters, and DynamoDB takes at most " + LONGEST_TAG_VALUE);
            }
        });
    }

    private static void checkIndexes(List<GlobalIndex> indexes) {
        if (indexes.size() > MOST_INDEXES) {
            throw new MirrorException(
                    "global-indexes has " + indexes.size() + " indexes, and DynamoDB takes at most " + MOST_INDEXES);
        }
        List<String> names = new ArrayList<>();
        for (GlobalIndex index : indexes) {
            if (names.contains(index.name())) {
                throw new MirrorException("global-indexes has two indexes with the name " + index.name());
            }
            names.add(index.name());
        }
    }

    /** The options that are set, as SQL and the command line name them. */
    public List<String> optionsThatAreSet() {
        Map<String, Object> options = new TreeMap<>();
        putIfSet(options, "billing-mode", capacity.billingMode());
        putIfSet(options, "warm-read-units-per-second", capacity.warmReadUnitsPerSecond());
        putIfSet(options, "warm-write-units-per-second", capacity.warmWriteUnitsPerSecond());
        putIfSet(options, "table-class", tableClass);
        putIfSet(options, "encryption-key", encryptionKey);
        putIfSet(options, "tags", tags.isEmpty() ? null : tags);
        putIfSet(options, "ttl-attribute", ttlAttribute);
        putIfSet(options, "deletion-protection", deletionProtection);
        putIfSet(options, "stream", stream);
        putIfSet(options, "global-indexes", globalIndexes.isEmpty() ? null : globalIndexes);
        return List.copyOf(options.keySet());
    }

    private static void putIfSet(Map<String, Object> options, String option, @Nullable Object value) {
        if (value != null) {
            options.put(option, value);
        }
    }

    /** The tags as text: {@code stage=test, team=shop}. */
    public static String tagsText(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** The indexes as text that {@link GlobalIndex#parse} reads. */
    public static String indexesText(List<GlobalIndex> indexes) {
        return indexes.stream().map(GlobalIndex::toString).collect(Collectors.joining(", "));
    }

    /** Nothing is set yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a table is like that a mirror creates; {@link #build} checks it. */
    public static final class Builder {

        private @Nullable BillingMode billingMode;
        private @Nullable Long readCapacity;
        private @Nullable Long writeCapacity;
        private @Nullable Long warmReadUnitsPerSecond;
        private @Nullable Long warmWriteUnitsPerSecond;
        private @Nullable TableClass tableClass;
        private @Nullable String encryptionKey;
        private Map<String, String> tags = Map.of();
        private @Nullable String ttlAttribute;
        private @Nullable DeletionProtection deletionProtection;
        private @Nullable StreamView stream;
        private List<GlobalIndex> globalIndexes = List.of();
        private boolean replaceProtected;

        private Builder() {}

        /** Sets what the table is paid by; without it {@link BillingMode#ON_DEMAND}. */
        public Builder billingMode(BillingMode mode) {
            this.billingMode = mode;
            return this;
        }

        /** Sets the read units a second of a provisioned table, and of each index that is created with it. */
        public Builder readCapacity(long units) {
            this.readCapacity = units;
            return this;
        }

        /** Sets the write units a second of a provisioned table, and of each index that is created with it. */
        public Builder writeCapacity(long units) {
            this.writeCapacity = units;
            return this;
        }

        /** Sets for how many read units a second the table is ready at once. It costs money once. */
        public Builder warmReadUnitsPerSecond(long units) {
            this.warmReadUnitsPerSecond = units;
            return this;
        }

        /** Sets for how many write units a second the table is ready at once. It costs money once. */
        public Builder warmWriteUnitsPerSecond(long units) {
            this.warmWriteUnitsPerSecond = units;
            return this;
        }

        /** Sets the table's class; without it {@link TableClass#STANDARD}. */
        public Builder tableClass(TableClass newClass) {
            this.tableClass = newClass;
            return this;
        }

        /**
         * Sets the KMS key that the items are encrypted with; without it DynamoDB's own.
         *
         * @param key its id, its ARN, or an alias; {@code alias/aws/dynamodb} is the one that AWS keeps in your account
         */
        public Builder encryptionKey(String key) {
            this.encryptionKey = key;
            return this;
        }

        /** Sets the table's tags. */
        public Builder tags(Map<String, String> newTags) {
            this.tags = Map.copyOf(newTags);
            return this;
        }

        /**
         * Sets the table's tags by text like {@code team=shop, stage=test}.
         *
         * @throws MirrorException if the text is none of that form
         */
        public Builder tags(String text) {
            Map<String, String> read = new TreeMap<>();
            for (String tag : text.split(",", -1)) {
                int sign = tag.indexOf('=');
                if (sign < 0) {
                    throw new MirrorException(
                            "tags \"" + text + "\": expected key=value, but found \"" + tag.strip() + "\"");
                }
                String key = tag.substring(0, sign).strip();
                if (read.put(key, tag.substring(sign + 1).strip()) != null) {
                    throw new MirrorException("tags \"" + text + "\": the key \"" + key + "\" is there twice");
                }
            }
            return tags(read);
        }

        /** Sets the attribute with the second since 1970 after which DynamoDB removes an item. */
        public Builder ttlAttribute(String attribute) {
            this.ttlAttribute = attribute;
            return this;
        }

        /** Sets whether DynamoDB refuses to delete the table; without it {@link DeletionProtection#OFF}. */
        public Builder deletionProtection(DeletionProtection protection) {
            this.deletionProtection = protection;
            return this;
        }

        /** Sets what the table's stream tells; without it there is none. */
        public Builder stream(StreamView view) {
            this.stream = view;
            return this;
        }

        /** Sets the table's global secondary indexes. */
        public Builder globalIndexes(List<GlobalIndex> indexes) {
            this.globalIndexes = List.copyOf(indexes);
            return this;
        }

        /**
         * Sets the table's global secondary indexes by text like {@code by-customer(customer, at), by-day(day) keys_only}.
         *
         * @throws MirrorException if the text is none of that form
         */
        public Builder globalIndexes(String text) {
            return globalIndexes(GlobalIndex.parse(text));
        }

        /** Has a table replaced although it is protected against deletion; the new one is protected again. */
        public Builder replaceProtected() {
            this.replaceProtected = true;
            return this;
        }

        /**
         * The settings.
         *
         * @throws MirrorException if one is none that DynamoDB takes, or a capacity is set of a table that is not
         *     provisioned, or the other way round
         */
        public TableSettings build() {
            return new TableSettings(
                    new CapacitySettings(
                            billingMode, readCapacity, writeCapacity, warmReadUnitsPerSecond, warmWriteUnitsPerSecond),
                    tableClass,
                    encryptionKey,
                    tags,
                    ttlAttribute,
                    deletionProtection,
                    stream,
                    globalIndexes,
                    replaceProtected);
        }
    }
}
