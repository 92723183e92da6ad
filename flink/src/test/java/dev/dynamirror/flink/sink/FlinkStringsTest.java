package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.DynamoDb;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row is the same item whether its strings and times are objects, or bytes that came through the network. */
final class FlinkStringsTest {

    private static final RowType ROW_TYPE = RowType.of(
            new LogicalType[] {
                new VarCharType(false, VarCharType.MAX_LENGTH),
                new VarCharType(VarCharType.MAX_LENGTH),
                new TimestampType(3),
                new TimestampType(9)
            },
            new String[] {"id", "text", "millis", "nanos"});

    private final RowDataSerializer serializer = new RowDataSerializer(ROW_TYPE);
    private final RowEncoder<RowData> encoder = MirrorPlan.of(
                    DynamoDb.table("table").partitionKey("id").build(), ROW_TYPE)
            .itemEncoder();

    /** Up to seven bytes stand elsewhere in a binary row than longer strings. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "seven77", "eight888", "a \"quoted\" \\ text\n", "é€𝄞", "0123456789é€𝄞"})
    void aBinaryRowIsTheSameItem(String text) {
        GenericRowData row = GenericRowData.of(
                StringData.fromString(text),
                StringData.fromString(text + text),
                TimestampData.fromEpochMillis(-1_234_567_890_123L),
                TimestampData.fromEpochMillis(1_737_072_000_999L, 123_456));
        GenericRowData bytes = GenericRowData.of(
                StringData.fromBytes(text.getBytes(StandardCharsets.UTF_8)),
                StringData.fromBytes((text + text).getBytes(StandardCharsets.UTF_8)),
                row.getField(2),
                row.getField(3));
        Change expected = encoder.put(row);
        assertThat(new String(expected.wire(), StandardCharsets.UTF_8))
                .contains("\"millis\":{\"S\":\"1930-11-18T00:28:29.877000000\"}")
                .contains("\"nanos\":{\"S\":\"2025-01-17T00:00:00.999123456\"}");
        for (RowData other : new RowData[] {serializer.toBinaryRow(row), bytes}) {
            Change change = encoder.put(other);
            assertThat(change.key()).isEqualTo(expected.key());
            assertThat(change.wire())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(new String(expected.wire(), StandardCharsets.UTF_8));
        }
    }

    /** Flink's own decoder puts U+FFFD in the place of what is none, and the string would be another one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bytesThatAreNoUtf8AreABadRow(int column) {
        StringData good = StringData.fromString("a");
        StringData bad = StringData.fromBytes(new byte[] {'x', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        GenericRowData row = GenericRowData.of(column == 0 ? bad : good, column == 1 ? bad : good, null, null);
        for (RowData each : new RowData[] {row, serializer.toBinaryRow(row)}) {
            assertThatThrownBy(() -> encoder.put(each))
                    .isInstanceOf(BadRowException.class)
                    .hasMessageContaining("column \"" + (column == 0 ? "id" : "text") + "\"")
                    .hasMessageContaining("the string is no valid UTF-8: the byte 0xed at index 1 begins no character");
        }
    }

    /** What is nested is read another way, to the same end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void bytesThatAreNoUtf8AreABadRowWithinOthersToo(int column) {
        LogicalType text = new VarCharType(VarCharType.MAX_LENGTH);
        LogicalType name = new VarCharType(false, VarCharType.MAX_LENGTH);
        RowType type = RowType.of(
                new LogicalType[] {
                    name, new ArrayType(text), new MapType(name, text), new MapType(name, text), RowType.of(text)
                },
                new String[] {"id", "list", "keys", "values", "row"});
        RowEncoder<RowData> nested = MirrorPlan.of(
                        DynamoDb.table("table").partitionKey("id").build(), type)
                .itemEncoder();
        StringData good = StringData.fromString("a");
        StringData bad = StringData.fromBytes(new byte[] {'x', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        GenericRowData row = GenericRowData.of(
                good,
                new GenericArrayData(new Object[] {good, column == 1 ? bad : good}),
                new GenericMapData(Map.of(column == 2 ? bad : good, good)),
                new GenericMapData(Map.of(good, column == 3 ? bad : good)),
                GenericRowData.of(column == 4 ? bad : good));
        for (RowData each : new RowData[] {row, new RowDataSerializer(type).toBinaryRow(row)}) {
            assertThatThrownBy(() -> nested.put(each))
                    .isInstanceOf(BadRowException.class)
                    .hasMessageContaining("column \"" + type.getFieldNames().get(column) + "\"")
                    .hasMessageContaining("the string is no valid UTF-8: the byte 0xed at index 1 begins no character");
        }
    }

    /** The changes wait, and the operator before may use its array for the next row. */
    @Test
    void aKeyStaysWhenItsArrayIsUsedAgain() {
        byte[] id = "first".getBytes(StandardCharsets.UTF_8);
        Change change = encoder.put(GenericRowData.of(StringData.fromBytes(id), null, null, null));
        String before = change.key().toString();
        id[0] = 'F';
        assertThat(change.key()).hasToString(before);
    }
}
