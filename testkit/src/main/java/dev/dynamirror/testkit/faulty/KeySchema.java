package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes are the key of a table or index.
 *
 * @param partition the partition key
 * @param sort the sort key, if there is one
 */
record KeySchema(Attribute partition, @Nullable Attribute sort) {

    private static final int LONGEST_PARTITION_KEY = 2048;
    private static final int LONGEST_SORT_KEY = 1024;
    private static final String INVALID = "One or more parameter values were invalid: ";

    /**
     * An attribute of the key.
     *
     * @param name its name
     * @param type S, N or B
     */
    record Attribute(String name, String type) {}

    boolean has(String attribute) {
        return partition.name.equals(attribute) || (sort != null && sort.name.equals(attribute));
    }

    /** The key of an item that is to be stored. */
    ItemKey ofItem(ObjectNode item) {
        return new ItemKey(
                part(item, partition, LONGEST_PARTITION_KEY, true),
                sort == null ? null : part(item, sort, LONGEST_SORT_KEY, true));
    }

    /** The key that a request gives, which must have the key attributes and no others. */
    ItemKey ofKey(ObjectNode key) {
        if (key.size() != (sort == null ? 1 : 2)) {
            throw mismatch();
        }
        return new ItemKey(
                part(key, partition, LONGEST_PARTITION_KEY, false),
                sort == null ? null : part(key, sort, LONGEST_SORT_KEY, false));
    }

    /** The key of an item in an index, null if the item is not in it. */
    @Nullable
    ItemKey inIndex(ObjectNode item) {
        if (!item.has(partition.name) || (sort != null && !item.has(sort.name))) {
            return null;
        }
        return ofItem(item);
    }

    /** Refuses an item that has an attribute of the key, but one that can't be it. */
    void checkPresent(ObjectNode item) {
        if (item.has(partition.name)) {
            part(item, partition, LONGEST_PARTITION_KEY, true);
        }
        if (sort != null && item.has(sort.name)) {
            part(item, sort, LONGEST_SORT_KEY, true);
        }
    }

    /** The key attributes of an item. */
    ObjectNode keyOf(ObjectNode item) {
        ObjectNode key = Json.object();
        key.set(partition.name, item.get(partition.name));
        if (sort != null) {
            key.set(sort.name, item.get(sort.name));
        }
        return key;
    }

    private static KeyPart part(ObjectNode attributes, Attribute attribute, int longest, boolean inItem) {
        JsonNode value = attributes.get(attribute.name);
        if (value == null) {
            throw inItem ? Refusal.invalid(INVALID + "Missing the key " + attribute.name + " in the item") : mismatch();
        }
        JsonNode content = value.get(attribute.type);
        if (content == null) {
            throw inItem
                    ? Refusal.invalid(INVALID + "Type mismatch for key " + attribute.name + " expected: "
                            + attribute.type + " actual: " + value.fieldNames().next())
                    : mismatch();
        }
        KeyPart part = KeyPart.of(attribute.type, content.textValue());
        if (!part.isNumber() && part.length() == 0) {
            throw Refusal.invalid("One or more parameter values are not valid. The AttributeValue for a key attribute"
                    + " cannot contain an empty " + (attribute.type.equals("S") ? "string" : "binary") + " value. Key: "
                    + attribute.name);
        }
        if (part.length() > longest) {
            throw Refusal.invalid(INVALID
                    + (longest == LONGEST_PARTITION_KEY
                            ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                            : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"));
        }
        return part;
    }

    static Refusal mismatch() {
        return Refusal.invalid("The provided key element does not match the schema");
    }
}
