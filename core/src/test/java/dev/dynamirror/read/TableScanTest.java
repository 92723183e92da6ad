package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithLocalDynamoDb
final class TableScanTest {

    private final Connection connection;
    private final String name;

    TableScanTest(LocalDynamoDb database, @TableName String name) {
        this.connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
        this.name = name;
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void numbersAreOrderedByValue() {
        create(KeyType.N, null);
        for (String key : new String[] {"10", "9", "-1", "0.5", "100000000000000000000", "-1.5", "0"}) {
            put(Map.of("p", AttributeValue.fromN(key)));
        }
        assertThat(scanned()).containsExactly("-1.5", "-1", "0", "0.5", "9", "10", "100000000000000000000");
    }

    @Test
    void stringsAreOrderedByTheirBytes() {
        create(KeyType.S, null);
        // By UTF-16 units the last two would change places.
        for (String key : new String[] {"\ud83d\ude00", "\uffee", "b", "a", "B", "ab", "ü"}) {
            put(Map.of("p", AttributeValue.fromS(key)));
        }
        assertThat(scanned())
                .containsExactly("\"B\"", "\"a\"", "\"ab\"", "\"b\"", "\"ü\"", "\"\uffee\"", "\"\ud83d\ude00\"");
    }

    @Test
    void binariesAreOrderedByTheirUnsignedBytes() {
        create(KeyType.B, null);
        for (byte[] key : new byte[][] {{-1}, {1}, {127}, {-128}, {1, 0}}) {
            put(Map.of("p", AttributeValue.fromB(SdkBytes.fromByteArray(key))));
        }
        assertThat(scanned()).containsExactly("\"AQ==\"", "\"AQA=\"", "\"fw==\"", "\"gA==\"", "\"/w==\"");
    }

    @Test
    void theSortKeyOrdersWithinThePartition() {
        create(KeyType.S, KeyType.N);
        for (String partition : new String[] {"b", "a"}) {
            for (String sort : new String[] {"10", "9", "-3"}) {
                put(Map.of("p", AttributeValue.fromS(partition), "s", AttributeValue.fromN(sort)));
            }
        }
        TableScan scan = TableScan.of(connection, name);
        assertThat(scan.items().stream()
                        .map(item ->
                                attribute(item, "p").s() + attribute(item, "s").n()))
                .containsExactly("a-3", "a9", "a10", "b-3", "b9", "b10");
        assertThat(scan.table())
                .isEqualTo(new TableSpec(
                        name, new TableSpec.KeyPart("p", KeyType.S), new TableSpec.KeyPart("s", KeyType.N)));
    }

    @Test
    void readsAllPages() {
        create(KeyType.N, null);
        // DynamoDB gives at most 1 MB at a time.
        AttributeValue large = AttributeValue.fromS("x".repeat(380_000));
        for (int i = 0; i < 5; i++) {
            put(Map.of("p", AttributeValue.fromN(Integer.toString(i)), "v", large));
        }
        assertThat(scanned()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void columnsAreTheKeyAndThenAllOthersByName() {
        create(KeyType.S, KeyType.N);
        put(Map.of(
                "p",
                AttributeValue.fromS("a"),
                "s",
                AttributeValue.fromN("1"),
                "z",
                AttributeValue.fromN("1"),
                "b",
                AttributeValue.fromN("1")));
        put(Map.of("p", AttributeValue.fromS("b"), "s", AttributeValue.fromN("1"), "c", AttributeValue.fromN("1")));
        TableScan scan = TableScan.of(connection, name);
        assertThat(scan.columns()).containsExactly("p", "s", "b", "c", "z");
        assertThat(scan.items().stream().map(Map::keySet).map(List::copyOf))
                .containsExactly(List.of("p", "s", "b", "z"), List.of("p", "s", "c"));
    }

    @Test
    void aSchemaSaysWhichAttributesAreReadAndOfWhichType() {
        create(KeyType.S, KeyType.N);
        for (String sort : new String[] {"10", "9"}) {
            put(Map.of(
                    "p", AttributeValue.fromS("a"), "s", AttributeValue.fromN(sort), "v", AttributeValue.fromS(sort)));
        }
        TableScan scan =
                TableScan.of(connection, name, Schema.parse("v str, nowhere int?, p str"), UnstorableNumbers.BAD_ROW);
        assertThat(scan.columns()).containsExactly("v", "nowhere", "p");
        assertThat(scan.items())
                .containsExactly(
                        Map.of("v", AttributeValue.fromS("9"), "p", AttributeValue.fromS("a")),
                        Map.of("v", AttributeValue.fromS("10"), "p", AttributeValue.fromS("a")));
        assertThat(scan.items().get(0).keySet()).containsExactly("v", "p");
        put(Map.of("p", AttributeValue.fromS("b"), "s", AttributeValue.fromN("1")));
        assertThatThrownBy(() -> TableScan.of(connection, name, Schema.parse("v str"), UnstorableNumbers.BAD_ROW))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + name + ": attribute \"v\" of item {p=\"b\", s=1}: expected a value of the type"
                        + " str, but found no such attribute");
    }

    @Test
    void anEmptyTableHasNoItems() {
        create(KeyType.N, null);
        assertThat(scanned()).isEmpty();
    }

    @Test
    void aMissingTableIsAnError() {
        assertThatThrownBy(() -> TableScan.of(connection, name))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + name + " doesn't exist");
    }

    @Test
    void whatDynamoDbRefusesIsTold() {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection scripted = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"))) {
            server.reply(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#AccessDeniedException\",\"message\":\"not you\"}");
            assertThatThrownBy(() -> TableScan.of(scripted, "t"))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table t can't be read: AccessDeniedException: not you");
        }
    }

    private void create(KeyType partition, @Nullable KeyType sort) {
        new TablePreparer(connection.client())
                .prepare(
                        new TableSpec(
                                name,
                                new TableSpec.KeyPart("p", partition),
                                sort == null ? null : new TableSpec.KeyPart("s", sort)),
                        InitMode.CREATE_IF_NOT_EXISTS);
    }

    private void put(Map<String, AttributeValue> item) {
        connection.client().putItem(request -> request.tableName(name).item(item));
    }

    private List<String> scanned() {
        return TableScan.of(connection, name).items().stream()
                .map(item -> ItemJson.PLAIN.value(attribute(item, "p")))
                .toList();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name));
    }
}
