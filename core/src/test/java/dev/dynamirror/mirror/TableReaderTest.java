package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
@WithLocalDynamoDb
final class TableReaderTest {

    private final LocalDynamoDb database;
    private final String table;

    TableReaderTest(LocalDynamoDb database, @TableName String table) {
        this.database = database;
        this.table = table;
    }

    @Test
    void whatAMirrorWroteIsReadBack() throws InterruptedException {
        Schema schema = Schema.parse("id pointer, at datetime_utc, local datetime_naive?, took duration, doc json,"
                + " price decimal(5, 2), grid ndarray<float>, pair tuple<int, str?>, tags map<list<int>>,"
                + " who row<name str, age int?>");
        Map<String, Object> row = new HashMap<>();
        row.put("id", Pointer.of(42L));
        row.put("at", Instant.parse("2025-01-17T00:00:00.000000001Z"));
        row.put("local", LocalDateTime.parse("2025-01-17T10:30:00"));
        row.put("took", Duration.ofMillis(-1500));
        row.put("doc", Json.parse("{\"b\": 1, \"a\": [1.50]}"));
        row.put("price", new BigDecimal("1.50"));
        row.put("grid", NdArray.of(new long[] {1, 2}, new double[] {1, 2.5}));
        row.put("pair", Tuple.of(1L, null));
        row.put("tags", Map.of("x", List.of(1L, 2L)));
        row.put("who", Map.of("name", "Ada", "age", 36L));
        write("id", "at", schema, row);
        try (TableReader reader = TableReader.open(settings().schema(schema))) {
            assertThat(reader.schema()).isEqualTo(schema);
            assertThat(scanned(reader)).containsExactly(row);
            assertThat(reader.get(Map.of("id", Pointer.of(42L), "at", Instant.parse("2025-01-17T00:00:00.000000001Z"))))
                    .contains(row);
            assertThat(reader.get(Map.of("id", Pointer.of(42L), "at", Instant.EPOCH)))
                    .isEmpty();
        }
    }

    @Test
    void numbersThatBecameStringsAreReadAsNumbers() throws InterruptedException {
        Schema schema = Schema.parse("key int, value float");
        try (Mirror mirror = Mirror.open(
                settings()
                        .partitionKey("key")
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                        .unstorableNumbers(UnstorableNumbers.AS_STRING),
                schema)) {
            mirror.put(Map.of("key", 1, "value", 1e300));
        }
        try (TableReader reader =
                TableReader.open(settings().schema(schema).unstorableNumbers(UnstorableNumbers.AS_STRING))) {
            assertThat(scanned(reader)).containsExactly(Map.of("key", 1L, "value", 1e300));
        }
        try (TableReader reader = TableReader.open(settings().schema(schema))) {
            assertThatThrownBy(() -> scanned(reader))
                    .isInstanceOf(MirrorException.class)
                    .hasMessageStartingWith(
                            "table " + table + ": attribute \"value\" of item {key=1}: expected a value of"
                                    + " the type float, but found the string (S) \"10000000000");
        }
    }

    @Test
    void aRowHasTheColumnsOfTheSchemaInItsOrder() throws InterruptedException {
        write("key", null, Schema.parse("key int, value str?, other int"), Map.of("key", 1, "other", 7));
        try (TableReader reader = TableReader.open(settings().schema("value str?, key int, nowhere list<int>?"))) {
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("value", null);
            expected.put("key", 1L);
            expected.put("nowhere", null);
            assertThat(scanned(reader)).containsExactly(expected);
            assertThat(scanned(reader).get(0).keySet()).containsExactly("value", "key", "nowhere");
        }
    }

    @Test
    void aScanReadsAllPages() throws InterruptedException {
        Schema schema = Schema.parse("key int, value str");
        List<Map<String, ?>> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(Map.of("key", i, "value", "x".repeat(300_000)));
        }
        write("key", null, schema, rows.toArray(Map<?, ?>[]::new));
        try (TableReader reader = TableReader.open(settings().schema(schema));
                Stream<Map<String, @Nullable Object>> scan = reader.scan()) {
            assertThat(scan.map(row -> row.get("key")))
                    .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        }
    }

    @Test
    void anItemThatDoesNotFitTheSchemaIsAnError() {
        create("key", null, "key int");
        putItem(Map.of("key", AttributeValue.fromN("7"), "value", AttributeValue.fromBool(true)));
        try (TableReader reader = TableReader.open(settings().schema("value str?"))) {
            assertThatThrownBy(() -> scanned(reader))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": attribute \"value\" of item {key=7}: expected a value of the type"
                            + " str, but found the boolean (BOOL) true");
        }
        try (TableReader reader = TableReader.open(settings().schema("key int, other list<int>"))) {
            assertThatThrownBy(() -> reader.get(Map.of("key", 7)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": attribute \"other\" of item {key=7}: expected a value of the"
                            + " type list<int>, but found no such attribute");
        }
    }

    @Test
    void aKeyIsCheckedBeforeItIsAskedFor() {
        create("key", "at", "key int, at str");
        try (TableReader reader = TableReader.open(settings().schema("key int?, at str"))) {
            assertThat(reader.get(Map.of("key", 1, "at", "x"))).isEmpty();
            assertThatThrownBy(() -> reader.get(Map.of("key", "1", "at", "x")))
                    .isInstanceOf(BadRowException.class)
                    .hasMessage("table " + table + ": column \"key\" of a row: expected a value of the type int, but"
                            + " found 1 of java.lang.String");
            assertThatThrownBy(() -> reader.get(Map.of("key", 1)))
                    .isInstanceOf(BadRowException.class)
                    .hasMessage("table " + table + ": column \"at\" of row {key=1}: the sort key is absent, and every"
                            + " item needs one");
        }
        try (TableReader reader = TableReader.open(settings().schema("key int, value str?"))) {
            assertThatThrownBy(() -> reader.get(Map.of("key", 1, "at", "x")))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(
                            "table " + table + ": the schema has no column \"at\", which the table's key has; add it"
                                    + " to read by key");
        }
    }

    @Test
    void aSchemaWithAnotherKeyThanTheTableIsAnError() {
        create("key", null, "key int");
        assertThatThrownBy(() -> TableReader.open(settings().schema("key str, value int")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table " + table + ": the column \"key\" has the type str in the schema, but the table's key"
                                + " has \"key\" (N)");
        assertThatThrownBy(() -> TableReader.open(settings().schema("key list<int>")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + ": the column \"key\" has the type list<int> in the schema, but the"
                        + " table's key has \"key\" (N)");
    }

    @Test
    void aMissingTableIsAnError() {
        assertThatThrownBy(() -> TableReader.open(settings().schema("key int")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + " doesn't exist");
    }

    @Test
    void withoutASchemaOneIsInferred() throws InterruptedException {
        write(
                "key",
                null,
                Schema.parse("key int, value str?, price decimal(3, 1)"),
                Map.of("key", 1, "value", "Hello", "price", BigDecimal.ONE),
                Map.of("key", 2, "price", new BigDecimal("12.5")));
        try (TableReader reader = TableReader.open(settings())) {
            assertThat(reader.schema()).hasToString("key int, price decimal(3, 1), value str?");
            assertThat(reader.get(Map.of("key", 1)))
                    .contains(Map.of("key", 1L, "price", new BigDecimal("1.0"), "value", "Hello"));
            assertThat(scanned(reader)).hasSize(2);
            putItem(Map.of("key", AttributeValue.fromN("3"), "price", AttributeValue.fromS("free")));
            assertThatThrownBy(() -> scanned(reader))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": attribute \"price\" of item {key=3}: expected a value of the type"
                            + " decimal(3, 1), but found the string (S) \"free\"; the schema was inferred from 2 items:"
                            + " give one that fits all");
            putItem(Map.of(
                    "key", AttributeValue.fromN("3"),
                    "price", AttributeValue.fromN("1"),
                    "more", AttributeValue.fromN("1")));
            assertThatThrownBy(() -> scanned(reader))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": attribute \"more\" of item {key=3}: the schema has no column of"
                            + " this name; the schema was inferred from 2 items: give one that fits all");
        }
    }

    @Test
    void theFirstTenThousandItemsTellTheSchema() throws InterruptedException {
        write(
                "key",
                null,
                Schema.parse("key int"),
                IntStream.range(0, 10_001).mapToObj(i -> Map.of("key", i)).toArray(Map<?, ?>[]::new));
        try (TableReader reader = TableReader.open(settings())) {
            putItem(Map.of("key", AttributeValue.fromN("0.5")));
            assertThatThrownBy(() -> scanned(reader))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": attribute \"key\" of item {key=0.5}: expected a value of the type"
                            + " int, but found the number (N) 0.5; the schema was inferred from 10000 items: give one"
                            + " that fits all");
        }
    }

    @Test
    void valuesOfSeveralTypesAreReadAsTheyAre() {
        create("key", null, "key int");
        putItem(Map.of("key", AttributeValue.fromN("1"), "value", AttributeValue.fromN("5")));
        putItem(Map.of("key", AttributeValue.fromN("2"), "value", AttributeValue.fromS("five")));
        try (TableReader reader = TableReader.open(settings())) {
            assertThat(reader.schema()).hasToString("key int, value mixed<int, str>");
            assertThat(scanned(reader))
                    .containsExactlyInAnyOrder(Map.of("key", 1L, "value", 5L), Map.of("key", 2L, "value", "five"));
        }
    }

    @Test
    void anEmptyTableHasItsKeyAlone() {
        create("key", "at", "key int, at str");
        try (TableReader reader = TableReader.open(settings())) {
            assertThat(reader.schema()).hasToString("key int, at str");
            assertThat(scanned(reader)).isEmpty();
        }
    }

    @Test
    void aClosedReaderReadsNothing() throws InterruptedException {
        Schema schema = Schema.parse("key int");
        write(
                "key",
                null,
                schema,
                IntStream.range(0, 5).mapToObj(i -> Map.of("key", i)).toArray(Map<?, ?>[]::new));
        TableReader reader = TableReader.open(settings().schema(schema));
        Iterator<Map<String, @Nullable Object>> rows = reader.scan().iterator();
        rows.next();
        reader.close();
        assertThatThrownBy(rows::next).isInstanceOf(IllegalStateException.class).hasMessage("the reader is closed");
        assertThatThrownBy(reader::scan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the reader is closed");
        assertThatThrownBy(() -> reader.get(Map.of("key", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the reader is closed");
        reader.close();
    }

    @Test
    void aReaderThatIsClosedBetweenPagesSaysSo() throws InterruptedException {
        Schema schema = Schema.parse("key int, value str");
        write(
                "key",
                null,
                schema,
                IntStream.range(0, 10)
                        .mapToObj(i -> Map.of("key", i, "value", "x".repeat(300_000)))
                        .toArray(Map<?, ?>[]::new));
        TableReader reader = TableReader.open(settings().schema(schema));
        Iterator<Map<String, @Nullable Object>> rows = reader.scan().iterator();
        // DynamoDB gives 1 MB at a time: the fourth item is the last of its page.
        for (int i = 0; i < 4; i++) {
            rows.next();
        }
        reader.close();
        assertThatThrownBy(rows::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    private MirrorSettings.Builder settings() {
        return DynamoDb.table(table).endpoint(database.endpoint()).region("us-east-1");
    }

    private void create(String partitionKey, @Nullable String sortKey, String schema) {
        open(partitionKey, sortKey, Schema.parse(schema)).close();
    }

    private void write(String partitionKey, @Nullable String sortKey, Schema schema, Map<?, ?>... rows)
            throws InterruptedException {
        try (Mirror mirror = open(partitionKey, sortKey, schema)) {
            for (Map<?, ?> row : rows) {
                Map<String, @Nullable Object> named = new HashMap<>();
                row.forEach((name, value) -> named.put((String) name, value));
                mirror.put(named);
            }
        }
    }

    private Mirror open(String partitionKey, @Nullable String sortKey, Schema schema) {
        MirrorSettings.Builder settings = settings().partitionKey(partitionKey).initMode(InitMode.CREATE_IF_NOT_EXISTS);
        return Mirror.open(sortKey == null ? settings : settings.sortKey(sortKey), schema);
    }

    private void putItem(Map<String, AttributeValue> item) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
            connection.client().putItem(request -> request.tableName(table).item(item));
        }
    }

    private static List<Map<String, @Nullable Object>> scanned(TableReader reader) {
        try (Stream<Map<String, @Nullable Object>> rows = reader.scan()) {
            return rows.toList();
        }
    }
}
