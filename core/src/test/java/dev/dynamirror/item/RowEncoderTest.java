package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowEncoderTest {

    private static final Schema ALL = Schema.parse("id int, flag bool, count int, ratio float, name str, raw bytes,"
            + " local datetime_naive, at datetime_utc, note str?");

    private static final Map<String, Object> ROW = Map.of(
            "id",
            1L,
            "flag",
            true,
            "count",
            -7,
            "ratio",
            1e21,
            "name",
            "Bär \"x\"",
            "raw",
            new byte[] {1, 2, 3},
            "local",
            LocalDateTime.of(2025, 1, 17, 0, 0),
            "at",
            Instant.parse("2025-01-17T00:00:00.5Z"),
            "note",
            "n");

    private final RowEncoder<Map<String, ?>> encoder =
            MapRowEncoder.of("t", ALL, "id", null, UnstorableNumbers.BAD_ROW);

    @Test
    void aPutHasEveryColumnKeyFirst() {
        Change change = encoder.put(ROW);
        assertThat(text(change))
                .isEqualTo("{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"flag\":{\"BOOL\":true},"
                        + "\"count\":{\"N\":\"-7\"},\"ratio\":{\"N\":\"1000000000000000000000\"},"
                        + "\"name\":{\"S\":\"Bär \\\"x\\\"\"},\"raw\":{\"B\":\"AQID\"},"
                        + "\"local\":{\"S\":\"2025-01-17T00:00:00.000000000\"},"
                        + "\"at\":{\"S\":\"2025-01-17T00:00:00.500000000+0000\"},"
                        + "\"note\":{\"S\":\"n\"}}}}");
        assertThat(change).isInstanceOf(Change.Put.class);
        assertThat(change.key()).isEqualTo(Key.of(KeyAttribute.number(1), null));
    }

    @Test
    void aDeleteHasTheKeyOnly() {
        Change change = encoder.delete(ROW);
        assertThat(text(change)).isEqualTo("{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"1\"}}}}");
        assertThat(change).isInstanceOf(Change.Delete.class);
        assertThat(change.key()).isEqualTo(Key.of(KeyAttribute.number(1), null));
    }

    @Test
    void aDeleteReadsNothingButTheKey() {
        assertThat(text(encoder.delete(Map.of("id", 2, "flag", "no boolean"))))
                .isEqualTo("{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"2\"}}}}");
    }

    @Test
    void aSortKeyFollowsThePartitionKey() {
        RowEncoder<Map<String, ?>> composite =
                MapRowEncoder.of("t", Schema.parse("v int, at str, id bytes"), "id", "at", UnstorableNumbers.BAD_ROW);
        Map<String, ?> row = Map.of("v", 1, "at", "x", "id", new byte[] {9});
        assertThat(text(composite.put(row)))
                .isEqualTo("{\"PutRequest\":{\"Item\":{\"id\":{\"B\":\"CQ==\"},\"at\":{\"S\":\"x\"},"
                        + "\"v\":{\"N\":\"1\"}}}}");
        assertThat(text(composite.delete(row)))
                .isEqualTo("{\"DeleteRequest\":{\"Key\":{\"id\":{\"B\":\"CQ==\"},\"at\":{\"S\":\"x\"}}}}");
        assertThat(composite.key(row)).isEqualTo(Key.of(KeyAttribute.binary(new byte[] {9}), KeyAttribute.string("x")));
    }

    @Test
    void keysOfEveryType() {
        assertThat(deleteOf("k int", (byte) 1)).isEqualTo("{\"N\":\"1\"}");
        assertThat(deleteOf("k int", (short) 2)).isEqualTo("{\"N\":\"2\"}");
        assertThat(deleteOf("k float", 2.50)).isEqualTo("{\"N\":\"2.5\"}");
        assertThat(deleteOf("k float", -0.0)).isEqualTo("{\"N\":\"0\"}");
        assertThat(deleteOf("k float", 0.1f)).isEqualTo("{\"N\":\"0.1\"}");
        assertThat(deleteOf("k str", "a\n")).isEqualTo("{\"S\":\"a\\u000a\"}");
        assertThat(deleteOf("k bytes", new byte[] {0})).isEqualTo("{\"B\":\"AA==\"}");
        assertThat(deleteOf("k datetime_naive", LocalDateTime.of(2025, 1, 17, 1, 2)))
                .isEqualTo("{\"S\":\"2025-01-17T01:02:00.000000000\"}");
        assertThat(deleteOf("k datetime_utc", Instant.EPOCH))
                .isEqualTo("{\"S\":\"1970-01-01T00:00:00.000000000+0000\"}");
    }

    private static String deleteOf(String schema, Object key) {
        String text = text(MapRowEncoder.of("t", Schema.parse(schema), "k", null, UnstorableNumbers.BAD_ROW)
                .delete(Map.of("k", key)));
        String start = "{\"DeleteRequest\":{\"Key\":{\"k\":";
        assertThat(text).startsWith(start).endsWith("}}}");
        return text.substring(start.length(), text.length() - 3);
    }

    @Test
    void aFloatHasItsShortestDigitsInAKeyAndInANestedValueToo() {
        // For which Float.toString of JDK 17 has one digit more.
        float value = 0x1p33f;

        assertThat(deleteOf("k float", value)).isEqualTo("{\"N\":\"8589935000\"}");
        assertThat(CanonicalValues.of(LiveType.parse("list<float>")).apply(List.of(value)))
                .isEqualTo(List.of(8_589_935_000d));
    }

    @Test
    void aFloatColumnTakesFloatsByTheirOwnDigits() {
        RowEncoder<Map<String, ?>> floats =
                MapRowEncoder.of("t", Schema.parse("k int, v float"), "k", null, UnstorableNumbers.BAD_ROW);
        assertThat(text(floats.put(Map.of("k", 1, "v", 0.1f)))).contains("\"v\":{\"N\":\"0.1\"}");
    }

    @Test
    void anAbsentValueOfAnOptionalColumnIsNull() {
        Map<String, Object> row = new HashMap<>(ROW);
        row.remove("note");
        assertThat(text(encoder.put(row))).endsWith(",\"note\":{\"NULL\":true}}}}");
    }

    @Test
    void anAbsentValueOfAnotherColumnIsRefused() {
        assertBad(
                without("name"),
                "table t: column \"name\" of row {id=1}: the value is absent, and the type str is not optional;"
                        + " declare it as str?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flag", "count", "ratio", "name", "raw", "local", "at", "note"})
    void aValueOfAnotherTypeIsRefused(String column) {
        String type = ALL.column(column).orElseThrow().type().required().toString();
        assertBad(
                with(column, 'x'),
                "table t: column \"" + column + "\" of row {id=1}: expected a value of the type " + type
                        + ", but found x of java.lang.Character");
    }

    @Test
    void valuesThatDynamoDbCantStoreAreRefused() {
        assertBad(
                with("ratio", Double.NaN),
                "table t: column \"ratio\" of row {id=1}: NaN is no number that DynamoDB can store; filter or replace it");
        assertBad(
                with("name", "a\ud800"),
                "table t: column \"name\" of row {id=1}: the string is no valid Unicode: half of a surrogate pair"
                        + " (U+D800) at index 1");
        assertBad(
                with("at", Instant.MAX),
                "table t: column \"at\" of row {id=1}: the year of +1000000000-12-31T23:59:59.999999999Z is not from 0 to"
                        + " 9999");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertBad(
                with("count", "x".repeat(100)),
                "table t: column \"count\" of row {id=1}: expected a value of the type int, but found " + "x".repeat(80)
                        + "… of java.lang.String");
    }

    /** A message with half a character could not be written to a file of bad rows. */
    @Test
    void aLongValueIsNotCutInsideACharacter() {
        assertBad(
                with("count", "x".repeat(79) + "😀😀"),
                "table t: column \"count\" of row {id=1}: expected a value of the type int, but found " + "x".repeat(79)
                        + "… of java.lang.String");
    }

    @Test
    void aBadRowTellsItsParts() {
        RowEncoder<Map<String, ?>> nested =
                MapRowEncoder.of("t", Schema.parse("p str, s str, v list<float>"), "p", "s", UnstorableNumbers.BAD_ROW);

        BadRowException column = bad(nested, Map.of("p", "a", "s", "b", "v", List.of(1.0, Double.NaN)));
        assertThat(column.getMessage())
                .isEqualTo("table t: column \"v\"[1] of row {p=\"a\", s=\"b\"}: NaN is no number that DynamoDB can"
                        + " store; filter or replace it");
        assertThat(column.table()).isEqualTo("t");
        assertThat(column.column()).isEqualTo("v");
        assertThat(column.key()).isEqualTo("{p=\"a\", s=\"b\"}");
        assertThat(column.reason()).isEqualTo("[1]: NaN is no number that DynamoDB can store; filter or replace it");

        BadRowException key = bad(nested, Map.of("p", "a", "s", "", "v", List.of()));
        assertThat(key.column()).isEqualTo("s");
        assertThat(key.key()).isNull();
        assertThat(key.reason()).isEqualTo("the sort key is empty, and DynamoDB takes no empty key");

        RowEncoder<Map<String, ?>> text =
                MapRowEncoder.of("t", Schema.parse("p int, v str"), "p", null, UnstorableNumbers.BAD_ROW);
        BadRowException row = bad(text, Map.of("p", 7, "v", "x".repeat(409_600)));
        assertThat(row.column()).isNull();
        assertThat(row.key()).isEqualTo("{p=7}");
        assertThat(row.reason())
                .isEqualTo("the item has 409604 bytes, and DynamoDB takes at most 409600; leave out or shorten a"
                        + " column");
    }

    private static BadRowException bad(RowEncoder<Map<String, ?>> encoder, Map<String, ?> row) {
        return catchThrowableOfType(BadRowException.class, () -> encoder.put(row));
    }

    @Test
    void aBadRowSpoilsNothing() {
        assertThatThrownBy(() -> encoder.put(with("note", 1))).isInstanceOf(BadRowException.class);
        assertThat(text(encoder.put(ROW)))
                .startsWith("{\"PutRequest\":{\"Item\":{\"id\":")
                .endsWith("\"n\"}}}}");
    }

    @Test
    void aKeyIsThere() {
        assertBad(
                without("id"),
                "table t: column \"id\" of a row: the partition key is absent, and every item needs one");
        RowEncoder<Map<String, ?>> composite =
                MapRowEncoder.of("t", Schema.parse("p str, s str"), "p", "s", UnstorableNumbers.BAD_ROW);
        assertThatThrownBy(() -> composite.delete(Map.of("p", "a")))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"s\" of row {p=\"a\"}: the sort key is absent, and every item needs one");
        assertThatThrownBy(() -> composite.put(Map.of("p", "a", "s", "")))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"s\" of row {p=\"a\"}: the sort key is empty, and DynamoDB takes no empty key");
    }

    @Test
    void anEmptyBinaryIsNoKey() {
        RowEncoder<Map<String, ?>> binary =
                MapRowEncoder.of("t", Schema.parse("k bytes"), "k", null, UnstorableNumbers.BAD_ROW);
        assertThatThrownBy(() -> binary.put(Map.of("k", new byte[0])))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"k\" of a row: the partition key is empty, and DynamoDB takes no empty key");
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() {
        assertBad(
                with("id", "1"),
                "table t: column \"id\" of a row: expected a value of the type int, but found 1 of java.lang.String");
    }

    /** It was no bad row, but an error that stopped the mirror. */
    @Test
    void aKeyWithHalfASurrogatePairIsABadRow() {
        RowEncoder<Map<String, ?>> strings =
                MapRowEncoder.of("t", Schema.parse("p str, s str"), "p", "s", UnstorableNumbers.BAD_ROW);
        assertThatThrownBy(() -> strings.put(Map.of("p", "\udc00", "s", "x")))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"p\" of a row: the string is no valid Unicode: half of a surrogate pair"
                        + " (U+DC00) at index 0");
        assertThatThrownBy(() -> strings.delete(Map.of("p", "x", "s", "\ud800")))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"s\" of row {p=\"x\"}: the string is no valid Unicode: half of a surrogate"
                                + " pair (U+D800) at index 0");
    }

    @Test
    void keysAreMeasuredInBytes() {
        RowEncoder<Map<String, ?>> strings =
                MapRowEncoder.of("t", Schema.parse("p str, s bytes"), "p", "s", UnstorableNumbers.BAD_ROW);
        byte[] longest = new byte[1024];
        strings.put(Map.of("p", "ü".repeat(1024), "s", longest));
        assertThatThrownBy(() -> strings.put(Map.of("p", "ü".repeat(1024) + "a", "s", longest)))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: column \"p\" of a row: the partition key has 2049 bytes, and DynamoDB takes at most"
                                + " 2048");
        assertThatThrownBy(() -> strings.put(Map.of("p", "a", "s", new byte[1025])))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"s\" of row {p=\"a\"}: the sort key has 1025 bytes, and DynamoDB takes at"
                        + " most 1024");
    }

    @Test
    void namesAreEscapedForJson() {
        RowEncoder<Map<String, ?>> odd = MapRowEncoder.of(
                "t",
                Schema.parse("\"a\"\"b\" int, \"c\\d\n\" int, größe int"),
                "a\"b",
                "c\\d\n",
                UnstorableNumbers.BAD_ROW);
        Map<String, ?> row = Map.of("a\"b", 1, "c\\d\n", 2, "größe", 3);
        assertThat(text(odd.put(row)))
                .isEqualTo("{\"PutRequest\":{\"Item\":{\"a\\\"b\":{\"N\":\"1\"},\"c\\\\d\\u000a\":{\"N\":\"2\"},"
                        + "\"größe\":{\"N\":\"3\"}}}}");
        assertThat(text(odd.delete(row)))
                .isEqualTo("{\"DeleteRequest\":{\"Key\":{\"a\\\"b\":{\"N\":\"1\"},\"c\\\\d\\u000a\":{\"N\":\"2\"}}}}");
    }

    @Test
    void aKeyDoesNotChangeWithTheRowsArray() {
        RowEncoder<Map<String, ?>> binary =
                MapRowEncoder.of("t", Schema.parse("k bytes"), "k", null, UnstorableNumbers.BAD_ROW);
        byte[] bytes = {1};
        Key key = binary.put(Map.of("k", bytes)).key();
        bytes[0] = 2;
        assertThat(key).isEqualTo(Key.of(KeyAttribute.binary(new byte[] {1}), null));
    }

    private void assertBad(Map<String, ?> row, String message) {
        assertThatThrownBy(() -> encoder.put(row))
                .isInstanceOf(BadRowException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> with(String column, Object value) {
        Map<String, Object> row = new HashMap<>(ROW);
        row.put(column, value);
        return row;
    }

    private static Map<String, Object> without(String column) {
        Map<String, Object> row = new HashMap<>(ROW);
        row.remove(column);
        return row;
    }

    private static String text(Change change) {
        return new String(change.wire(), StandardCharsets.UTF_8);
    }
}
