package dev.dynamirror.read;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All items of a table, sorted by key. */
public final class TableScan {

    private final TableSpec table;
    private final List<String> columns;
    private final List<Map<String, AttributeValue>> items;

    private TableScan(TableSpec table, List<String> columns, List<Map<String, AttributeValue>> items) {
        this.table = table;
        this.columns = columns;
        this.items = items;
    }

    /**
     * Reads the whole table into memory, with all attributes.
     *
     * @throws MirrorException if there is no such table, it can't be read, or DynamoDB refuses a request
     */
    public static TableScan of(Connection connection, String tableName) {
        TableSpec table = ItemReader.describe(connection, tableName);
        List<Map<String, AttributeValue>> items = new ItemReader(connection, table, List.of())
                .items(ItemSelection.all())
                .sorted(byKey(table))
                .map(item -> ItemJson.keyFirst(table, item))
                .toList();
        Set<String> others = new TreeSet<>();
        items.forEach(item -> others.addAll(item.keySet()));
        Set<String> columns = new LinkedHashSet<>(keyNames(table));
        columns.addAll(others);
        return new TableScan(table, List.copyOf(columns), items);
    }

    /**
     * Reads the whole table into memory, with the attributes that the schema names, and checks them against it.
     *
     * @param unstorable whether a number that was stored as a string is one
     * @throws MirrorException if there is no such table, it can't be read, DynamoDB refuses a request, or an item doesn't
     *     fit the schema
     */
    public static TableScan of(Connection connection, String tableName, Schema schema, UnstorableNumbers unstorable) {
        TableSpec table = ItemReader.describe(connection, tableName);
        ItemDecoder decoder = new ItemDecoder(tableName, keyNames(table), schema, unstorable);
        List<Map<String, AttributeValue>> items = new ItemReader(connection, table, schema.names())
                .items(ItemSelection.all())
                .map(item -> checked(decoder, item))
                .sorted(byKey(table))
                .map(item -> only(schema.names(), item))
                .toList();
        return new TableScan(table, schema.names(), items);
    }

    private static Map<String, AttributeValue> checked(ItemDecoder decoder, Map<String, AttributeValue> item) {
        decoder.values(item);
        return item;
    }

    private static Map<String, AttributeValue> only(List<String> columns, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> ordered = new LinkedHashMap<>();
        for (String column : columns) {
            AttributeValue value = item.get(column);
            if (value != null) {
                ordered.put(column, value);
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    private static List<String> keyNames(TableSpec table) {
        return table.keyParts().stream().map(TableSpec.KeyPart::attribute).toList();
    }

    /** The table's name and key. */
    public TableSpec table() {
        return table;
    }

    /** The names of the attributes: those of the schema in its order, or the key's and then all others by name. */
    public List<String> columns() {
        return columns;
    }

    /** The items, each with its attributes by name, in the order of the columns. */
    public List<Map<String, AttributeValue>> items() {
        return items;
    }

    private static Comparator<Map<String, AttributeValue>> byKey(TableSpec table) {
        Comparator<Map<String, AttributeValue>> byPartition =
                Comparator.comparing(item -> item.get(table.partition().attribute()), KeyOrder.INSTANCE);
        TableSpec.KeyPart sort = table.sort();
        return sort == null
                ? byPartition
                : byPartition.thenComparing(item -> item.get(sort.attribute()), KeyOrder.INSTANCE);
    }
}
