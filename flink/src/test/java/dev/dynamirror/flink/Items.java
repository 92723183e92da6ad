package dev.dynamirror.flink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        put(Embedded.mirror(database, table).partitionKey("id"), Schema.parse("id int"), Stream.of(Map.of("id", id)));
    }

    /** Puts rows into a mirror's table, which is created if need be; the settings have that init mode afterwards. */
    static void put(MirrorSettings.Builder settings, Schema schema, Stream<Map<String, ?>> rows) {
        try (Mirror mirror = Mirror.open(settings.initMode(InitMode.CREATE_IF_NOT_EXISTS), schema)) {
            for (Map<String, ?> row : rows.toList()) {
                mirror.put(row);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
