package dev.dynamirror.read;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.table.TableSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

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
        try {
            TableSpec table = TableSpec.of(connection
                    .client()
                    .describeTable(request -> request.tableName(tableName))
                    .table());
            List<Map<String, AttributeValue>> items = connection
                    .client()
                    .scanPaginator(request -> request.tableName(tableName).consistentRead(true))
                    .items()
                    .stream()
                    .sorted(byKey(table))
                    .toList();
            return new TableScan(table, items);
        } catch (ResourceNotFoundException e) {
            throw new MirrorException("table " + tableName + " doesn't exist", e);
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + tableName + " can't be read: " + SdkErrors.describe(connection.client(), e), e);
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
