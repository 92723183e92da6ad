package dev.dynamirror.flink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;

/** What a table of DynamoDB Local holds, for assertions. */
public final class Items {

    private Items() {}

    /** The table's items in DynamoDB's JSON, sorted by key. */
    public static List<String> of(LocalDynamoDb database, String table) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            TableScan scan = TableScan.of(connection, table);
            return scan.items().stream()
                    .map(item -> ItemJson.DYNAMODB.line(scan.table(), item))
                    .toList();
        }
    }

    /** Puts an item that is nothing but its key, a number named id, into the table, which is created if need be. */
    static void put(LocalDynamoDb database, String table, int id) {
        try (Mirror mirror = Mirror.open(
                Embedded.mirror(database, table).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS),
                Schema.parse("id int"))) {
            mirror.put(Map.of("id", id));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
