package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellParserTest {

    @Test
    void ints() throws Exception {
        assertThat(parse(ScalarType.INT, "7")).isEqualTo(7L);
        assertThat(parse(ScalarType.INT, " -9223372036854775808 ")).isEqualTo(Long.MIN_VALUE);
        assertThat(parse(ScalarType.INT, "+007")).isEqualTo(7L);
        assertProblem(ScalarType.INT, "1.0", "expected an int, but found \"1.0\"");
        assertProblem(
                ScalarType.INT,
                "9223372036854775808",
                "expected an int, but found \"9223372036854775808\", which doesn't fit in 64 bits");
    }

    @Test
    void floats() throws Exception {
        assertThat(parse(ScalarType.FLOAT, "7")).isEqualTo(7.0);
        assertThat(parse(ScalarType.FLOAT, " -1.5e-7")).isEqualTo(-1.5e-7);
        assertThat(parse(ScalarType.FLOAT, "-0")).isEqualTo(-0.0);
        assertThat(parse(ScalarType.FLOAT, ".5")).isEqualTo(0.5);
        assertThat(parse(ScalarType.FLOAT, "5.")).isEqualTo(5.0);
        assertThat(parse(ScalarType.FLOAT, "1e-999")).isEqualTo(0.0);
        assertProblem(ScalarType.FLOAT, "1e999", "expected a float, but found \"1e999\", which is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "inf", "1d", "0x1p3", "1,5", "."})
    void textsThatOnlyJavaOrNobodyTakesForFloatsAreRefused(String text) {
        assertProblem(ScalarType.FLOAT, text, "expected a float, but found \"" + text + "\"");
    }

    @Test
    void bools() throws Exception {
        assertThat(parse(ScalarType.BOOL, "true")).isEqualTo(true);
        assertThat(parse(ScalarType.BOOL, "False ")).isEqualTo(false);
        assertThat(parse(ScalarType.BOOL, "TRUE")).isEqualTo(true);
        assertProblem(ScalarType.BOOL, "1", "expected a bool (true or false), but found \"1\"");
    }

    @Test
    void stringsAreTakenAsTheyAre() throws Exception {
        assertThat(parse(ScalarType.STR, " a\n")).isEqualTo(" a\n");
        assertThat(parse(ScalarType.STR, "")).isEqualTo("");
    }

    @Test
    void bytes() throws Exception {
        assertThat(parse(ScalarType.BYTES, "+/8=")).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(parse(ScalarType.BYTES, "+/8")).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(parse(ScalarType.BYTES, "")).isEqualTo(new byte[0]);
        assertProblem(ScalarType.BYTES, "-_8=", "expected bytes in base64, but found \"-_8=\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00, 2025-01-17T10:30:00",
        "2025-01-17 10:30:00, 2025-01-17T10:30:00",
        "2025-01-17T10:30, 2025-01-17T10:30:00",
        "2025-01-17T10:30:00.5, 2025-01-17T10:30:00.500",
        "2025-01-17T10:30:00.123456789, 2025-01-17T10:30:00.123456789",
        "2025-01-17T10:30:00.12345678999, 2025-01-17T10:30:00.123456789",
        "1969-12-31 23:59:59.999999999, 1969-12-31T23:59:59.999999999",
    })
    void naiveDatetimes(String text, LocalDateTime expected) throws Exception {
        assertThat(parse(ScalarType.DATETIME_NAIVE, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2025-01-17T10:30:00Z", "2025-02-30T10:30:00", "2025-01-17", "2025-01-17T10:30:00.12345678x"})
    void otherNaiveDatetimesAreRefused(String text) {
        assertProblem(
                ScalarType.DATETIME_NAIVE,
                text,
                "expected a datetime_naive like 2025-01-17T10:30:00, but found \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00Z, 2025-01-17T10:30:00Z",
        "2025-01-17 10:30:00Z, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00+00:00, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00.000000001+0000, 2025-01-17T10:30:00.000000001Z",
        "2025-01-17T10:30:00+0530, 2025-01-17T05:00:00Z",
        "2025-01-17T10:30:00-02, 2025-01-17T12:30:00Z",
    })
    void utcDatetimes(String text, Instant expected) throws Exception {
        assertThat(parse(ScalarType.DATETIME_UTC, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-01-17T10:30:00",
                "2025-01-17T10:30:00 Z",
                "2025-01-17Z",
                "2025-01-17T10:30:00+25:00",
                "2025-02-30T10:30:00Z",
                "2025-01-17T24:00:00Z"
            })
    void otherUtcDatetimesAreRefused(String text) {
        assertProblem(
                ScalarType.DATETIME_UTC,
                text,
                "expected a datetime_utc like 2025-01-17T10:30:00Z, but found \"" + text + "\"");
    }

    @Test
    void decimals() throws Exception {
        assertThat(read("decimal(5, 2)", "1.5")).isEqualTo(new BigDecimal("1.50"));
        assertThat(read("decimal(5, 2)", " -123.4500 ")).isEqualTo(new BigDecimal("-123.45"));
        assertThat(read("decimal(5, 2)", "1e2")).isEqualTo(new BigDecimal("100.00"));
        assertThat(read("decimal(5, 2)", "0e-9999999")).isEqualTo(new BigDecimal("0.00"));
        assertThat(read("decimal(38, 0)", "9".repeat(38))).isEqualTo(new BigDecimal("9".repeat(38)));
        assertUnreadable(
                "decimal(5, 2)",
                "1.234",
                "expected a decimal(5, 2), but found \"1.234\", which has more than 2 digits behind the point");
        assertUnreadable("decimal(5, 2)", "1000", "expected a decimal(5, 2), but found \"1000\", which is too large");
        assertUnreadable(
                "decimal(5, 2)",
                "1e1000000000",
                "expected a decimal(5, 2), but found \"1e1000000000\", which is too large");
        assertUnreadable(
                "decimal(5, 2)",
                "1e-1000000000",
                "expected a decimal(5, 2), but found \"1e-1000000000\", which is too small");
        assertUnreadable("decimal(5, 2)", "1,5", "expected a decimal(5, 2), but found \"1,5\"");
    }

    @Test
    void datesAndTimes() throws Exception {
        assertThat(read("date", " 2024-02-29 ")).isEqualTo(LocalDate.parse("2024-02-29"));
        assertUnreadable("date", "2025-02-29", "expected a date like 2025-01-17, but found \"2025-02-29\"");
        assertUnreadable("date", "17.1.2025", "expected a date like 2025-01-17, but found \"17.1.2025\"");
        assertThat(read("time", "10:30")).isEqualTo(LocalTime.parse("10:30:00"));
        assertThat(read("time", " 23:59:59.999999999999 ")).isEqualTo(LocalTime.MAX);
        assertUnreadable("time", "24:00:00", "expected a time like 10:30:00, but found \"24:00:00\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1.5S, PT1.5S",
        "-PT1.5S, PT-1.5S",
        "PT-0.000000001S, PT-0.000000001S",
        "P1DT2H, PT26H",
        "PT0.12345678999S, PT0.123456789S",
        "0, PT0S",
        "1500000000, PT1.5S",
        " -1, PT-0.000000001S",
        "+1, PT0.000000001S",
        "31536000000000000000, P365000D",
        "9223372036854775807999999999, PT9223372036854775807.999999999S",
        "-9223372036854775808000000000, PT-9223372036854775808S",
    })
    void durations(String text, Duration expected) throws Exception {
        assertThat(read("duration", text)).isEqualTo(expected);
    }

    @Test
    void otherDurationsAreRefused() {
        String expected = "expected a duration like PT1.5S, or a whole number of nanoseconds, but found ";
        assertUnreadable("duration", "1.5", expected + "\"1.5\"");
        assertUnreadable("duration", "1s", expected + "\"1s\"");
        assertUnreadable("duration", "P1M", expected + "\"P1M\"");
        assertUnreadable(
                "duration",
                "9223372036854775808000000000",
                expected + "\"9223372036854775808000000000\", which is too large");
    }

    @Test
    void jsonKeepsItsText() throws Exception {
        assertThat(read("json", "{ \"b\" : 1.0, \"a\" : [ 1E5, \"\\u00e9\" ] }"))
                .isEqualTo(Json.parse("{\"b\":1.0,\"a\":[1E5,\"é\"]}"));
        assertThat(read("json", "4".repeat(42))).hasToString("4".repeat(42));
        assertThat(read("json", "\"alpha\"")).hasToString("\"alpha\"");
        assertThat(read("json", "null")).hasToString("null");
        // An empty cell is how a cell is absent.
        assertThat(read("json?", "null")).hasToString("null");
        assertThat(read("json?", "")).isNull();
        assertThatThrownBy(() -> read("json", "alpha"))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith(
                        "expected a json value, but found \"alpha\": not valid JSON: Unrecognized token");
        assertThatThrownBy(() -> read("json", "1 2"))
                .isInstanceOf(BadValueException.class)
                .hasMessage("expected a json value, but found \"1 2\": not valid JSON: there is more after the value");
    }

    @Test
    void pointersAndObjects() throws Exception {
        assertThat(read("pointer", " ^Z5QKEQCDK9ZZ6TSYV0PM0G92JC ")).isEqualTo(Pointer.of(42));
        assertUnreadable("pointer", "42", "expected a pointer, ^ and 26 characters, but found \"42\"");
        ObjectWrapper<?> object = ObjectWrapper.of(List.of("a"));
        assertThat(read("object", Base64.getEncoder().encodeToString(object.toBytes())))
                .isEqualTo(object);
        assertUnreadable("object", "AAAA", "expected an object's form in base64, but found \"AAAA\"");
    }

    @Test
    void nestedValuesAreJson() throws Exception {
        assertThat(read("list<int?>", " [1, null] ")).isEqualTo(Arrays.asList(1L, null));
        assertThat(read("list<str>?", "")).isNull();
        assertThat(read("list<str>?", "null")).isNull();
        assertThat(read("tuple<pointer, duration, decimal(3, 1)>", "[\"^Z5QKEQCDK9ZZ6TSYV0PM0G92JC\", 5, \"1.5\"]"))
                .isEqualTo(Tuple.of(Pointer.of(42), Duration.ofNanos(5), new BigDecimal("1.5")));
        assertThat(read("tuple<>", "[]")).isEqualTo(Tuple.of());
        assertThat(read("map<json?>", "{\"b\": null, \"a\": {\"x\": 1.0}}"))
                .isEqualTo(map("b", null, "a", Json.parse("{\"x\":1.0}")));
        assertThat(read("row<\"a b\" time, c json, d int?>", "{\"c\": null, \"extra\": 1, \"a b\": \"10:30\"}"))
                .isEqualTo(map("a b", LocalTime.parse("10:30"), "c", Json.parse("null"), "d", null));
        assertUnreadable("list<int>", "1", "expected a list<int>, but found the number 1");
        assertUnreadable("list<int>", "[1", "not valid JSON: it ends within the value");
        assertUnreadable(
                "list<tuple<int, str>>",
                "[[1, \"a\"], [1]]",
                "at [1]: expected a tuple<int, str>, but found an array of 1 values");
    }

    @Test
    void ndArraysAreNestedArrays() throws Exception {
        assertThat(read("ndarray<int>", "[[1, 2, 3], [4, 5, 6]]"))
                .isEqualTo(NdArray.of(new long[] {2, 3}, new long[] {1, 2, 3, 4, 5, 6}));
        assertThat(read("ndarray<float>", "[[[1], [0.5]], [[-0.0], [1e-7]]]"))
                .isEqualTo(NdArray.of(new long[] {2, 2, 1}, new double[] {1, 0.5, -0.0, 1e-7}));
        assertThat(read("ndarray<int>", "7")).isEqualTo(NdArray.of(new long[0], new long[] {7}));
        assertThat(read("ndarray<float>", "[]")).isEqualTo(NdArray.of(new long[] {0}, new double[0]));
        assertThat(read("ndarray<int>", "[[], []]")).isEqualTo(NdArray.of(new long[] {2, 0}, new long[0]));
        assertThat(read("ndarray<int>", "[[[]]]")).isEqualTo(NdArray.of(new long[] {1, 1, 0}, new long[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[1], [2, 3]]      | at [1]: expected an ndarray<int> of one shape, but found an array of 2 values beside one of 1",
                "[[], [1]]          | at [1]: expected an ndarray<int> of one shape, but found an array of 1 values beside one of 0",
                "[1, [2]]           | at [1][0]: expected an ndarray<int> of one shape, but found 2 dimensions beside 1",
                "[[1], 2]           | at [1]: expected an ndarray<int> of one shape, but found 1 dimensions beside 2",
                "[[[1]], [[2], 3]]  | at [1]: expected an ndarray<int> of one shape, but found an array of 2 values beside one of 1",
                "[1, 0.5]           | at [1]: expected an int, but found the number 0.5",
                "[1, null]          | at [1]: expected an int, but found null",
                "{}                 | expected an int, but found an object",
            })
    void raggedArraysAreRefused(String text, String problem) {
        assertUnreadable("ndarray<int>", text, problem);
    }

    @Test
    void anAbsentCellNeedsAnOptionalType() throws Exception {
        assertThat(CellParser.of(new Column("a", ScalarType.STR.optional())).parse(null))
                .isNull();
        assertThatThrownBy(() -> CellParser.of(new Column("a", ScalarType.STR)).parse(null))
                .isInstanceOf(BadValueException.class)
                .hasMessage("expected a str, but the value is absent, which only the type \"str?\" allows");
    }

    @Test
    void anEmptyTextIsAbsentForTypesThatHaveNone() throws Exception {
        assertThat(CellParser.of(new Column("a", ScalarType.INT.optional())).parse(""))
                .isNull();
        assertThat(CellParser.of(new Column("a", ScalarType.STR.optional())).parse(""))
                .isEqualTo("");
    }

    private static Object parse(ScalarType type, String text) throws BadValueException {
        return CellParser.parse(type, text);
    }

    private static @Nullable Object read(String type, String text) throws BadValueException {
        return CellParser.of(new Column("a", LiveType.parse(type))).parse(text);
    }

    private static void assertUnreadable(String type, String text, String problem) {
        assertThatThrownBy(() -> read(type, text))
                .isInstanceOf(BadValueException.class)
                .extracting(e -> ((BadValueException) e).problem())
                .isEqualTo(problem);
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    private static void assertProblem(ScalarType type, String text, String problem) {
        assertThatThrownBy(() -> CellParser.parse(type, text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(problem);
    }
}
