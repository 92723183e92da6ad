package dev.dynamirror.item;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns items into rows of Java's own values, checked against a schema; built once, used by any threads. */
public final class ItemDecoder {

    private final String tableName;
    private final List<String> keyNames;
    private final List<Column> columns;
    private final List<AttributeDecoder> decoders;

    /**
     * Creates a decoder.
     *
     * @param tableName the table's name, for error texts
     * @param keyNames the names of the key's attributes, for error texts
     * @param schema the columns of the rows; other attributes are not looked at
     * @param unstorable what became of numbers that DynamoDB can't store: such strings are read as numbers, or refused
     */
    public ItemDecoder(String tableName, List<String> keyNames, Schema schema, UnstorableNumbers unstorable) {
        this.tableName = tableName;
        this.keyNames = List.copyOf(keyNames);
        this.columns = schema.columns();
        this.decoders = columns.stream()
                .map(column -> AttributeDecoder.of(column.type(), unstorable))
                .toList();
    }

    /**
     * The row's values by column, in the order of the schema; an absent one is null.
     *
     * @throws MirrorException if an attribute has no value of its column's type; the message names the item's key, the
     *     attribute, what was found and what was expected
     */
    public Map<String, @Nullable Object> decode(Map<String, AttributeValue> item) {
        List<@Nullable Object> values = values(item);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i).name(), values.get(i));
        }
        return Collections.unmodifiableMap(row);
    }

    /**
     * The row's values in the order of the schema's columns; an absent one is null.
     *
     * @throws MirrorException if an attribute has no value of its column's type; the message names the item's key, the
     *     attribute, what was found and what was expected
     */
    public List<@Nullable Object> values(Map<String, AttributeValue> item) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            try {
                values.add(decoders.get(i).decode(item.get(name)));
            } catch (IllegalValueException e) {
                throw new MirrorException(
                        "table " + tableName + ": attribute \"" + name + "\"" + e.path() + " of " + describe(item)
                                + ": " + e.problem(),
                        e);
            }
        }
        return values;
    }

    private String describe(Map<String, AttributeValue> item) {
        String key = keyNames.stream()
                .flatMap(name ->
                        Stream.ofNullable(item.get(name)).map(value -> name + "=" + FoundValue.shortened(value)))
                .collect(Collectors.joining(", "));
        return key.isEmpty() ? "an item" : "item {" + key + "}";
    }
}
