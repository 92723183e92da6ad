package dev.dynamirror.read;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.table.TableSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All items of a table, sorted by key. */
public final class TableScan {

    private final TableSpec table;
    private final List<Map<String, AttributeValue>> items;

    private TableScan(TableSpec table, List<Map<String, AttributeValue>> items) {
        this.table = table;
        this.items = items;
    }

    /**
     * Reads the whole table into memory.
     *
     * @throws MirrorException if there is no such table, or DynamoDB refuses a request
     */
    public static TableScan of(Connection connection, String tableName) {
        TableSpec table = ItemReader.describe(connection, tableName);
        try (Stream<Map<String, AttributeValue>> items =
                new ItemReader(connection, table, List.of()).items(ItemSelection.all())) {
            return new TableScan(table, items.sorted(byKey(table)).toList());
        }
    }

    /** The table's name and key. */
    public TableSpec table() {
        return table;
    }

    /** The items, each with its attributes by name. */
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
