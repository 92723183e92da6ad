package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.DynamoDbJson;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class ItemSizeTest {

    private static final Schema SCHEMA =
            Schema.parse("id int, flag bool, count int, ratio float, note str?, text str, raw bytes");

    /** id 2 + 2, flag 4 + 1, count 5 + 5, ratio 5 + 3, note 4 + 1, and the names of text and raw. */
    private static final int REST = 4 + 5 + 10 + 8 + 5 + 4 + 3;

    private static final String TABLE = "ItemSizeTest";

    /** One for all the many small tests. */
    private static final Map<URI, Connection> CONNECTIONS = new HashMap<>();

    private final RowEncoder<Map<String, ?>> encoder =
            MapRowEncoder.of("t", SCHEMA, "id", null, UnstorableNumbers.BAD_ROW);

    @Test
    void theSizeIsThatOfNamesAndValues() {
        assertThat(ItemSize.of(encoder.put(row("é", 3)).wire())).isEqualTo(REST + 2 + 3);
    }

    @Test
    void anItemThatIsTooLargeIsABadRow() {
        assertThat(encoder.put(row("x".repeat(409_600 - REST - 3), 3)).wire()).hasSizeGreaterThan(409_600);
        assertThatThrownBy(() -> encoder.put(row("x".repeat(409_601 - REST - 3), 3)))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: row {id=1}: the item has 409601 bytes, and DynamoDB takes at most 409600;"
                        + " leave out or shorten a column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "\"", "\u0001"})
    @WithLocalDynamoDb
    void dynamoDbLocalDrawsTheSameLine(String character, LocalDynamoDb database, @TableName String table) {
        int bytes = utf8Length(character);
        String text = character.repeat((409_600 - REST - 8) / bytes);
        int raw = 409_600 - REST - text.length() / character.length() * bytes;
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
            new TablePreparer(connection.client())
                    .prepare(
                            new TableSpec(table, new TableSpec.KeyPart("id", KeyType.N), null),
                            InitMode.CREATE_IF_NOT_EXISTS);

            encoder.put(row(text, raw));
            put(connection, table, row(text, raw));

            assertThatThrownBy(() -> encoder.put(row(text, raw + 1))).isInstanceOf(BadRowException.class);
            assertThatThrownBy(() -> put(connection, table, row(text, raw + 1)))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("Item size has exceeded the maximum allowed size");
        }
    }

    /** Numbers of every count of digits, on both sides of the point and of zero: pairs of digits are counted from it. */
    static Stream<String> numbers() {
        Stream<String> counted = IntStream.range(0, 38)
                .mapToObj("12345678901234567890123456789012345678"::substring)
                .flatMap(digits -> Stream.of(
                        digits,
                        "-" + digits,
                        "1." + digits,
                        "-0." + digits,
                        "0.0" + digits,
                        digits + "0",
                        digits + "00"))
                .filter(number -> Numbers.isStorable(new BigDecimal(number)));
        return Stream.concat(
                counted,
                Stream.of("0", "-0", "0.00", "1", "-1", "100", "1000", "1E125", "-1E124", "1E-130", "-1E-129", "1.50"));
    }

    /** Attributes with one thing of each kind, and what only nesting adds. */
    static Stream<String> attributes() {
        return Stream.of(
                        "{'S':''}",
                        "{'S':'ü😀'}",
                        "{'S':'2025-01-17T00:00:00.000000000+0000'}",
                        "{'B':''}",
                        "{'B':'AQID'}",
                        "{'BOOL':true}",
                        "{'BOOL':false}",
                        "{'NULL':true}",
                        "{'L':[]}",
                        "{'L':[{'S':''}]}",
                        "{'L':[{'NULL':true},{'BOOL':true},{'N':'-0.5'},{'B':'AA=='}]}",
                        "{'L':[{'L':[{'L':[]},{'L':[]}]}]}",
                        "{'L':[{'M':{}},{'M':{'a':{'M':{}}}}]}",
                        "{'M':{}}",
                        "{'M':{'a':{'S':''}}}",
                        "{'M':{'ü':{'NULL':true},'bb':{'N':'12345'}}}",
                        "{'M':{'a':{'M':{'b':{'M':{'c':{'L':[]}}}}}}}",
                        "{'M':{'shape':{'L':[]},'elements':{'L':[{'N':'7'}]}}}",
                        "{'M':{'shape':{'L':[{'N':'2'},{'N':'2'}]},"
                                + "'elements':{'L':[{'N':'1'},{'N':'0.5'},{'N':'-1000'},{'N':'0'}]}}}")
                .map(attribute -> attribute.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @WithLocalDynamoDb
    void dynamoDbLocalMeasuresNumbersAlike(String number, LocalDynamoDb database) {
        assertSameLine(database, "{\"N\":\"" + number + "\"}");
    }

    @ParameterizedTest
    @MethodSource("attributes")
    @WithLocalDynamoDb
    void dynamoDbLocalMeasuresEveryTypeAlike(String attribute, LocalDynamoDb database) {
        assertSameLine(database, attribute);
    }

    @Test
    @WithLocalDynamoDb
    void dynamoDbLocalMeasuresLongNamesAlike(LocalDynamoDb database) {
        assertSameLine(database, "{\"M\":{\"" + "n".repeat(65_535) + "\":{\"N\":\"1\"}}}");
        assertSameLine(database, "{\"M\":{\"" + "é".repeat(32_767) + "\":{\"N\":\"1\"}}}");
    }

    /** A filler beside the attribute makes the item exactly as long as DynamoDB takes it, and then a byte longer. */
    private static void assertSameLine(LocalDynamoDb database, String attribute) {
        int rest = ItemSize.of(wire(attribute, ""));
        byte[] longest = wire(attribute, "x".repeat(ItemSize.MAX - rest));
        assertThat(ItemSize.of(longest)).isEqualTo(409_600);
        byte[] tooLong = wire(attribute, "x".repeat(ItemSize.MAX - rest + 1));
        assertThat(ItemSize.of(tooLong)).isEqualTo(409_601);
        Connection connection = CONNECTIONS.computeIfAbsent(database.endpoint(), ItemSizeTest::connect);
        put(connection, longest);
        assertThatThrownBy(() -> put(connection, tooLong))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Item size has exceeded the maximum allowed size");
    }

    private static byte[] wire(String attribute, String filler) {
        return ("{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"v\":" + attribute + ",\"filler\":{\"S\":\"" + filler
                        + "\"}}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Connection connection, byte[] wire) {
        connection.client().putItem(request -> request.tableName(TABLE).item(DynamoDbJson.item(wire)));
    }

    private static Connection connect(URI endpoint) {
        Connection connection = Connection.open(new ConnectionSettings(endpoint, "us-east-1"));
        new TablePreparer(connection.client())
                .prepare(
                        new TableSpec(TABLE, new TableSpec.KeyPart("id", KeyType.N), null),
                        InitMode.CREATE_IF_NOT_EXISTS);
        return connection;
    }

    @AfterAll
    static void closeConnections() {
        CONNECTIONS.values().forEach(Connection::close);
        CONNECTIONS.clear();
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, Object> row(String text, int rawBytes) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", 1);
        row.put("flag", true);
        row.put("count", -12345);
        row.put("ratio", 0.125);
        row.put("text", text);
        row.put("raw", new byte[rawBytes]);
        return row;
    }

    /** Puts the row by the SDK, past our own check. */
    private static void put(Connection connection, String table, Map<String, Object> row) {
        Map<String, AttributeValue> item = Map.of(
                "id", AttributeValue.fromN("1"),
                "flag", AttributeValue.fromBool(true),
                "count", AttributeValue.fromN("-12345"),
                "ratio", AttributeValue.fromN("0.125"),
                "note", AttributeValue.fromNul(true),
                "text", AttributeValue.fromS((String) Objects.requireNonNull(row.get("text"))),
                "raw", AttributeValue.fromB(SdkBytes.fromByteArray((byte[]) Objects.requireNonNull(row.get("raw")))));
        connection.client().putItem(request -> request.tableName(table).item(item));
    }
}
