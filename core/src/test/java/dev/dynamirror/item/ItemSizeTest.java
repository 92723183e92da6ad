package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class ItemSizeTest {

    private static final Schema SCHEMA =
            Schema.parse("id int, flag bool, count int, ratio float, note str?, text str, raw bytes");

    /** id 2 + 2, flag 4 + 1, count 5 + 5, ratio 5 + 3, note 4 + 1, and the names of text and raw. */
    private static final int REST = 4 + 5 + 10 + 8 + 5 + 4 + 3;

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
