package dev.dynamirror.reconcile;

import dev.dynamirror.read.ItemJson;
import dev.dynamirror.table.TableSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is different between a row of the live table and the item of its key. */
public sealed interface Difference extends Serializable {

    /** The difference of one key; null if there is none. At least one of the contents is there. */
    static @Nullable Difference of(TableSpec table, @Nullable Content expected, @Nullable Content found) {
        if (found == null) {
            return new Missing(new ItemText(table, Objects.requireNonNull(expected)));
        }
        if (expected == null) {
            return new Unexpected(new ItemText(table, found));
        }
        return expected.hasSame(found)
                ? null
                : new Different(new ItemText(table, expected), new ItemText(table, found));
    }

    /** The difference in words: the key, and what was expected and found. */
    @Override
    String toString();

    /** The difference as one line of JSON, with attributes in DynamoDB's JSON. */
    String json();

    /** The key, as {@link SortableKey} has it. */
    byte[] sortableKey();

    /**
     * A row has no item.
     *
     * @param expected the item that the row would be
     */
    record Missing(ItemText expected) implements Difference {

        @Override
        public String toString() {
            return "missing " + expected.key();
        }

        @Override
        public String json() {
            return "{\"difference\":\"missing\",\"key\":" + expected.keyJson() + ",\"expected\":" + expected.json()
                    + "}";
        }

        @Override
        public byte[] sortableKey() {
            return expected.sortableKey();
        }
    }

    /**
     * An item has no row.
     *
     * @param found the item
     */
    record Unexpected(ItemText found) implements Difference {

        @Override
        public String toString() {
            return "unexpected " + found.key();
        }

        @Override
        public String json() {
            return "{\"difference\":\"unexpected\",\"key\":" + found.keyJson() + ",\"found\":" + found.json() + "}";
        }

        @Override
        public byte[] sortableKey() {
            return found.sortableKey();
        }
    }

    /**
     * An item is not what its row says.
     *
     * @param expected the item that the row would be
     * @param found the item
     */
    record Different(ItemText expected, ItemText found) implements Difference {

        @Override
        public String toString() {
            List<String> attributes = new ArrayList<>();
            attributes()
                    .forEach((name, values) -> attributes.add("\"" + name + "\": expected "
                            + values.getOrDefault("expected", "no such attribute") + ", found "
                            + values.getOrDefault("found", "no such attribute")));
            return "different " + found.key() + ": " + String.join("; ", attributes);
        }

        @Override
        public String json() {
            StringBuilder text = new StringBuilder("{\"difference\":\"different\",\"key\":")
                    .append(found.keyJson())
                    .append(",\"attributes\":{");
            attributes().forEach((name, values) -> {
                text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                        .append(ItemText.quoted(name))
                        .append(":{");
                values.forEach((side, value) -> text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                        .append('"')
                        .append(side)
                        .append("\":")
                        .append(value));
                text.append('}');
            });
            return text.append("}}").toString();
        }

        @Override
        public byte[] sortableKey() {
            return found.sortableKey();
        }

        /** The attributes that differ: what was expected, and what was found, either in DynamoDB's JSON. */
        private Map<String, Map<String, String>> attributes() {
            Map<String, AttributeValue> wanted = expected.attributes();
            Map<String, AttributeValue> there = found.attributes();
            TreeSet<String> names = new TreeSet<>(wanted.keySet());
            names.addAll(there.keySet());
            Map<String, Map<String, String>> differences = new LinkedHashMap<>();
            for (String name : names) {
                AttributeValue want = wanted.get(name);
                AttributeValue is = there.get(name);
                if (!Objects.equals(want, is)) {
                    Map<String, String> values = new LinkedHashMap<>();
                    if (want != null) {
                        values.put("expected", ItemJson.DYNAMODB.value(want));
                    }
                    if (is != null) {
                        values.put("found", ItemJson.DYNAMODB.value(is));
                    }
                    differences.put(name, values);
                }
            }
            return differences;
        }
    }
}
