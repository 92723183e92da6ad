package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.flink.type.JsonRows;
import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that are written as JSON, and read as JSON Lines. */
class JsonRowsTest {

    @Test
    void scalars() throws Exception {
        assertForm("bool", true, "true");
        assertForm("int", Long.MIN_VALUE, "-9223372036854775808");
        assertForm("float", 1e300, "1.0E300");
        assertForm("float", -0.0, "-0.0");
        assertForm("float", 0.1, "0.1");
        assertForm("decimal(38, 10)", new BigDecimal("1234567890123456789012345678.0123456789"), null);
        assertForm("decimal(5, 2)", new BigDecimal("0.00"), "0.00");
        assertForm("str", "é\"\\\n\u0000€", "\"é\\\"\\\\\\n\\u0000€\"");
        assertForm("str", "", "\"\"");
        assertForm("str", "😀", "\"\\uD83D\\uDE00\"");
        assertThat(line(DataTypes.STRING(), "str", StringData.fromString("a\ud800b")))
                .isEqualTo("{\"c\":\"a\\uD800b\"}");
        assertForm("datetime_naive", LocalDateTime.parse("2025-01-17T00:00"), "\"2025-01-17T00:00\"");
        assertForm("datetime_naive", LocalDateTime.parse("2025-01-17T01:02:03.123456789"), null);
        assertForm("datetime_utc", Instant.parse("2025-01-17T01:02:03.5Z"), "\"2025-01-17T01:02:03.500Z\"");
        assertForm("datetime_utc", Instant.parse("-0001-01-17T01:02:03Z"), "\"-0001-01-17T01:02:03Z\"");
        assertForm("date", LocalDate.parse("2025-01-17"), "\"2025-01-17\"");
        assertForm("time", LocalTime.parse("01:02:03.004"), "\"01:02:03.004\"");
        assertForm("duration", Duration.ofNanos(-1_500_000_001), "\"PT-1.500000001S\"");
        assertForm("pointer", Pointer.of(42), "\"^Z5QKEQCDK9ZZ6TSYV0PM0G92JC\"");
        assertForm("json", Json.parse("{\"b\": 1e400, \"a\": [null, \"é😀\"]}"), "{\"b\":1e400,\"a\":[null,\"é😀\"]}");
        assertForm("json", Json.parse("\"alpha\""), "\"alpha\"");
        assertForm("json", Json.parse("null"), "null");
    }

    @Test
    void binaries() throws Exception {
        assertThat((byte[]) back("bytes", new byte[] {0, -1}, "\"AP8=\"")).containsExactly(0, -1);
        ObjectWrapper<?> object = ObjectWrapper.of("hidden");
        assertThat(((ObjectWrapper<?>) Objects.requireNonNull(back("object", object, null))).toBytes())
                .isEqualTo(object.toBytes());
    }

    @Test
    void arrays() throws Exception {
        assertForm("ndarray<int>", NdArray.of(new long[] {2, 3}, new long[] {1, 2, 3, 4, 5, 6}), "[[1,2,3],[4,5,6]]");
        assertForm("ndarray<float>", NdArray.of(new long[] {2, 1}, new double[] {0.5, 1e21}), "[[0.5],[1.0E21]]");
        assertForm("ndarray<int>", NdArray.of(new long[] {}, new long[] {7}), "7");
        assertForm("ndarray<int>", NdArray.of(new long[] {2, 0}, new long[] {}), "[[],[]]");
    }

    @Test
    void nestedTypes() throws Exception {
        assertForm("list<int?>", Arrays.asList(1L, null), "[1,null]");
        assertForm("list<str>", List.of(), "[]");
        assertForm("tuple<int, str?, list<float>>", Tuple.of(1L, null, List.of(0.5)), "[1,null,[0.5]]");
        assertForm("map<decimal(3, 1)>", Map.of("a \"b\"", new BigDecimal("1.5")), "{\"a \\\"b\\\"\":1.5}");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", "x");
        document.put("at", null);
        document.put("tags", Map.of("k", Json.parse("[]")));
        assertForm(
                "row<name str, at time?, tags map<json>>",
                document,
                "{\"name\":\"x\",\"at\":null,\"tags\":{\"k\":[]}}");
    }

    @Test
    void absentValues() throws Exception {
        assertForm("int?", null, "null");
        assertForm("list<str>?", null, "null");
    }

    @Test
    void whatJsonLacksIsAString() throws Exception {
        assertThat(line("float", Double.NaN)).isEqualTo("{\"c\":\"NaN\"}");
        assertThat(line("list<float>", List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)))
                .isEqualTo("{\"c\":[\"-Infinity\",\"Infinity\"]}");
    }

    @Test
    void aValueThatIsNoneOfItsTypeHasTheFormOfFlinksType() throws Exception {
        assertThat(line(DataTypes.STRING(), "json", StringData.fromString("{half")))
                .isEqualTo("{\"c\":\"{half\"}");
        assertThat(line(DataTypes.STRING(), "pointer", StringData.fromString("^1")))
                .isEqualTo("{\"c\":\"^1\"}");
        assertThat(line(DataTypes.BYTES(), "object", new byte[] {1})).isEqualTo("{\"c\":\"AQ==\"}");
    }

    @Test
    void aFloatHasItsOwnDigits() throws Exception {
        assertThat(line(DataTypes.FLOAT(), "float", 0.1f)).isEqualTo("{\"c\":0.1}");
    }

    private static void assertForm(String type, @Nullable Object value, @Nullable String form) throws Exception {
        assertThat(back(type, value, form)).isEqualTo(value);
    }

    /** The value that is read from what was written. */
    private static @Nullable Object back(String type, @Nullable Object value, @Nullable String form) throws Exception {
        String line = line(type, value);
        if (form != null) {
            assertThat(line).isEqualTo("{\"c\":" + form + "}");
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try (RowReader reader = new RowReading(FileFormat.JSONL, schema(type), SchemaOrigin.GIVEN, null)
                .open(Place.file("rows"), new ByteArrayInputStream(bytes))) {
            return Objects.requireNonNull(reader.read()).getField(0);
        }
    }

    private static String line(String type, @Nullable Object value) throws IOException {
        Schema schema = schema(type);
        return line(
                LiveTypes.dataType(schema.columns().get(0).type()),
                type,
                FlinkRows.of(schema).value(0, value));
    }

    private static String line(DataType physical, String type, @Nullable Object internal) throws IOException {
        RowType rowType =
                (RowType) DataTypes.ROW(DataTypes.FIELD("c", physical)).getLogicalType();
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonRows.generator(line)) {
            JsonRows.of(rowType, schema(type), List.of("c")).write(GenericRowData.of(internal), json);
        }
        return line.toString();
    }

    private static Schema schema(String type) {
        return Schema.parse("c " + type);
    }
}
