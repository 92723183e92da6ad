package dev.dynamirror.flink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import java.util.List;

/** What a table of DynamoDB Local holds, for assertions. */
public final class Items {

    private Items() {}

    /** The table's items in DynamoDB's JSON, sorted by key. */
    public static List<String> of(LocalDynamoDb database, String table) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "eu-central-1"))) {
            TableScan scan = TableScan.of(connection, table);
            return scan.items().stream()
                    .map(item -> ItemJson.DYNAMODB.line(scan.table(), item))
                    .toList();
        }
    }
}
