package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Limits of schemas and names, ours beside those of DynamoDB Local. */
@WithLocalDynamoDb
final class LimitsTest {

    private static final AttributeValue ID = AttributeValue.fromN("1");

    @ParameterizedTest
    @ValueSource(strings = {"list<", "tuple<", "map<", "row<x "})
    void thirtyOneListsAndMapsAreWritten(String container, LocalDynamoDb database, @TableName String table)
            throws InterruptedException {
        assertWritten(database, table, nested(container, 31, "int?"), nestedValue(container, 31, 5));
        assertRefused(table, nested(container, 32, "int?"));
        assertThatThrownBy(() -> putBySdk(database, table, nestedAttribute(container, 32)))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Nesting Levels have exceeded supported limits");
    }

    /** An array is a map of lists. */
    @Test
    void anArrayTakesTwoLevels(LocalDynamoDb database, @TableName String table) throws InterruptedException {
        assertWritten(
                database,
                table,
                nested("list<", 29, "ndarray<int>"),
                nestedValue("list<", 29, NdArray.of(new long[] {1}, new long[] {5})));
        assertRefused(table, nested("list<", 30, "ndarray<int>"));
    }

    @Test
    void emptyTuplesTakeALevelToo(LocalDynamoDb database, @TableName String table) throws InterruptedException {
        assertWritten(database, table, nested("list<", 30, "tuple<>"), nestedValue("list<", 30, Tuple.of()));
        assertRefused(table, nested("list<", 31, "tuple<>"));
    }

    @Test
    void theErrorNamesTheColumnAndItsLevels() {
        assertThatThrownBy(() -> mirror("t11", Schema.parse("id int, v " + nested("list<", 32, "int"))))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirror t11: column \"v\" has the type " + nested("list<", 32, "int")
                        + ", which nests 32 lists and maps, and DynamoDB takes at most 31");
    }

    @Test
    void aColumnsNameHas65535BytesAtMost(LocalDynamoDb database, @TableName String table) throws InterruptedException {
        for (String name : List.of("n".repeat(65_535), "é".repeat(32_767))) {
            assertWritten(database, table, Schema.parse("id int, \"" + name + "\" int"), Map.of("id", 1, name, 2));
        }
        for (String name : List.of("n".repeat(65_536), "é".repeat(32_768))) {
            String schema = "id int, \"" + name + "\" int";
            assertThatThrownBy(() -> Schema.parse(schema))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(
                            "schema \"" + schema + "\": the name of a column has 65536 bytes, and DynamoDB takes names"
                                    + " of at most 65535");
            assertThatThrownBy(() -> putBySdk(database, table, name, AttributeValue.fromS("x")))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("Attribute name is too large, must be less than 65536 bytes");
        }
    }

    @Test
    void keysOfMapsAreNamesToo(LocalDynamoDb database, @TableName String table) throws InterruptedException {
        String longest = "é".repeat(32_767) + "n";
        assertWritten(database, table, "map<int>", Map.of(longest, 1));
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
            assertThat(connection
                            .client()
                            .getItem(request -> request.tableName(table).key(Map.of("id", ID)))
                            .item())
                    .containsEntry("v", AttributeValue.fromM(Map.of(longest, AttributeValue.fromN("1"))));
        }
        for (String key : List.of(longest + "n", "")) {
            assertThatThrownBy(() -> assertWritten(database, table, "map<int>", Map.of(key, 1)))
                    .isInstanceOf(MirrorException.class);
            assertThatThrownBy(() -> putBySdk(
                            database, table, "v", AttributeValue.fromM(Map.of(key, AttributeValue.fromN("1")))))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("ttribute name");
        }
    }

    @Test
    void aKeysNameHas255BytesAtMost(LocalDynamoDb database, @TableName String table) throws InterruptedException {
        String longest = "é".repeat(127) + "k";
        assertWritten(
                DynamoDb.table(table)
                        .partitionKey(longest)
                        .endpoint(database.endpoint())
                        .region("us-east-1"),
                Schema.parse(longest + " int"),
                Map.of(longest, 1));
        String tooLong = "é".repeat(128);
        Schema schema = Schema.parse(tooLong + " int");
        assertThatThrownBy(() -> DynamoDb.table(table)
                        .partitionKey(tooLong)
                        .name("m")
                        .build()
                        .tableSpec(schema))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirror m: the partition key \"" + tooLong
                        + "\" has a name of 256 bytes, and DynamoDB takes at most 255 for a key");
    }

    @Test
    void emptyTextsAreWrittenEverywhereButInKeys(LocalDynamoDb database, @TableName String table)
            throws InterruptedException {
        assertWritten(
                database,
                table,
                "row<a str, b bytes, c list<str>, d map<bytes>>",
                Map.of("a", "", "b", new byte[0], "c", List.of(""), "d", Map.of("k", new byte[0])));
    }

    private static void assertWritten(LocalDynamoDb database, String table, String type, Object value)
            throws InterruptedException {
        assertWritten(database, table, Schema.parse("id int, v " + type), Map.of("id", 1, "v", value));
    }

    private static void assertWritten(LocalDynamoDb database, String table, Schema schema, Map<String, ?> row)
            throws InterruptedException {
        assertWritten(
                DynamoDb.table(table)
                        .partitionKey("id")
                        .endpoint(database.endpoint())
                        .region("us-east-1"),
                schema,
                row);
    }

    private static void assertWritten(MirrorSettings.Builder settings, Schema schema, Map<String, ?> row)
            throws InterruptedException {
        try (Mirror mirror = Mirror.open(settings.initMode(InitMode.CREATE_IF_NOT_EXISTS), schema)) {
            mirror.put(row);
            mirror.flush();
            assertThat(mirror.statistics().put()).isEqualTo(1);
        }
    }

    private static void assertRefused(String table, String type) {
        assertThatThrownBy(() -> mirror(table, Schema.parse("id int, v " + type)))
                .isInstanceOf(MirrorException.class)
                .hasMessageEndingWith(", which nests 32 lists and maps, and DynamoDB takes at most 31");
    }

    private static void mirror(String table, Schema schema) {
        DynamoDb.table(table).partitionKey("id").build().tableSpec(schema);
    }

    private static void putBySdk(LocalDynamoDb database, String table, AttributeValue value) {
        putBySdk(database, table, "v", value);
    }

    private static void putBySdk(LocalDynamoDb database, String table, String name, AttributeValue value) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
            connection.client().putItem(request -> request.tableName(table).item(Map.of("id", ID, name, value)));
        }
    }

    private static String nested(String container, int levels, String innermost) {
        return container.repeat(levels) + innermost + ">".repeat(levels);
    }

    private static Object nestedValue(String container, int levels, Object innermost) {
        UnaryOperator<Object> wrap = switch (container) {
            case "list<" -> List::of;
            case "tuple<" -> Tuple::of;
            case "map<", "row<x " -> value -> Map.of("x", value);
            default -> throw new IllegalArgumentException(container);
        };
        Object value = innermost;
        for (int i = 0; i < levels; i++) {
            value = wrap.apply(value);
        }
        return value;
    }

    private static AttributeValue nestedAttribute(String container, int levels) {
        boolean list = container.equals("list<") || container.equals("tuple<");
        AttributeValue value = ID;
        for (int i = 0; i < levels; i++) {
            value = list ? AttributeValue.fromL(List.of(value)) : AttributeValue.fromM(Map.of("x", value));
        }
        return value;
    }
}
