package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void theTimeThatPathwayWritesBesideItsDiffIsNoUnknownField() throws IOException {
        try (JsonRowReader reader = new JsonRowReader(
                Place.file("rows"),
                Schema.parse("key int, diff int"),
                SchemaOrigin.INFERRED,
                "time",
                new JsonLines(
                        Place.file("rows"),
                        new ByteArrayInputStream(
                                "{\"key\": 1, \"diff\": 1, \"time\": 2}".getBytes(StandardCharsets.UTF_8))))) {
            assertThat(reader.read()).isEqualTo(Row.of(1L, 1L));
        }
    }

    @Test
    void eachLineIsARow() throws Exception {
        assertThat(read("key int, value str", """
                        {"key": 1, "value": "Hello"}
                        {"value":"","key":-2}

                          {"key": 3, "value": "a\\n\\"é\\u00e9"}\t
                        """))
                .containsExactly(Row.of(1L, "Hello"), Row.of(-2L, ""), Row.of(3L, "a\n\"éé"));
    }

    @Test
    void lineEndsAndAByteOrderMarkAreNoPartOfTheObjects() throws Exception {
        assertThat(read("a int", "\uFEFF{\"a\": 1}\r\n\r\n{\"a\": 2}")).containsExactly(Row.of(1L), Row.of(2L));
        assertThat(read("a int", "")).isEmpty();
    }

    @Test
    void everyTypeHasItsJsonForm() throws Exception {
        assertThat(read("b bool, i int, f float, s str, y bytes, n datetime_naive, u datetime_utc", """
                        {"b": true, "i": 9223372036854775807, "f": 1.5e-7, "s": "7", "y": "AQI=", "n": "2025-01-17 10:30:00.000000001", "u": "2025-01-17T10:30:00+0000"}
                        {"b": false, "i": 0, "f": 3, "s": "", "y": "", "n": "2025-01-17T10:30", "u": "2025-01-17T10:30:00Z"}
                        """))
                .containsExactly(
                        Row.of(
                                true,
                                Long.MAX_VALUE,
                                1.5e-7,
                                "7",
                                new byte[] {1, 2},
                                LocalDateTime.parse("2025-01-17T10:30:00.000000001"),
                                Instant.parse("2025-01-17T10:30:00Z")),
                        Row.of(
                                false,
                                0L,
                                3.0,
                                "",
                                new byte[0],
                                LocalDateTime.parse("2025-01-17T10:30:00"),
                                Instant.parse("2025-01-17T10:30:00Z")));
    }

    @Test
    void otherTypesHaveTheirJsonFormToo() throws Exception {
        assertThat(read(
                        "d decimal(5, 2), da date, t time, du duration, j json, p pointer, g ndarray<float>,"
                                + " l list<tuple<ndarray<int>, str?>>, m map<row<x int?, y json>>",
                        """
                        {"d": 1.5, "da": "2025-01-17", "t": "10:30:00.5", "du": "PT1.5S", "j": { "b" : 1.0, "a" : [ ] }, "p": "^Z5QKEQCDK9ZZ6TSYV0PM0G92JC", "g": [[0.5], [1]], "l": [[[1, 2], null], [7, "a"]], "m": {"k": {"y": "alpha"}}}
                        {"d": "-1.50", "da": "0000-01-01", "t": "00:00", "du": -1500000000, "j": "al\\u0070ha", "p": "^PWSRT420000000000000000000", "g": [], "l": [], "m": {}}
                        """))
                .containsExactly(
                        Row.of(
                                new BigDecimal("1.50"),
                                LocalDate.parse("2025-01-17"),
                                LocalTime.parse("10:30:00.5"),
                                Duration.ofMillis(1500),
                                Json.parse("{\"b\":1.0,\"a\":[]}"),
                                Pointer.of(42),
                                NdArray.of(new long[] {2, 1}, new double[] {0.5, 1}),
                                List.of(
                                        Tuple.of(NdArray.of(new long[] {2}, new long[] {1, 2}), null),
                                        Tuple.of(NdArray.of(new long[0], new long[] {7}), "a")),
                                Map.of("k", document(null, Json.parse("\"alpha\"")))),
                        Row.of(
                                new BigDecimal("-1.50"),
                                LocalDate.parse("0000-01-01"),
                                LocalTime.MIDNIGHT,
                                Duration.ofMillis(-1500),
                                Json.parse("\"alpha\""),
                                Pointer.of(),
                                NdArray.of(new long[] {0}, new double[0]),
                                List.of(),
                                Map.of()));
    }

    @Test
    void aNullIsJsonsOwnIfTheColumnIsNotOptional() throws Exception {
        assertThat(read(
                        "j json, o json?, l list<json>, p list<json?>",
                        "{\"j\": null, \"o\": null, \"l\": [null], \"p\": [null]}"))
                .containsExactly(
                        Row.of(Json.parse("null"), null, List.of(Json.parse("null")), Collections.singletonList(null)));
        assertError(
                "j json",
                "{}",
                "people.jsonl, line 1, column \"j\": expected a json value, but the value is absent, which only the type"
                        + " \"json?\" allows");
    }

    @Test
    void fieldsOfNestedRowsAreLikeColumns() throws Exception {
        // Those that the schema doesn't name are left out, as columns are.
        assertThat(read("r row<x int?, y json?>", "{\"r\": {\"z\": 1, \"x\": null}}"))
                .containsExactly(Row.of(document(null, null)));
        assertType(
                "row<x int, y int?>",
                "{\"y\": 1}",
                "at .x: expected an int, but the value is absent, which only the type \"int?\" allows");
        assertType("list<row<x int>>", "[{\"x\": 1}, {\"x\": \"1\"}]", "at [1].x: expected an int, but found \"1\"");
        assertType("row<x int>", "{\"x\": 1, \"x\": 2}", "the object has two fields named \"x\"");
        assertType("row<x int>", "[1]", "expected a row<x int>, but found an array");
        assertType(
                "map<int>",
                "{\"a b\": null}",
                "at .a b: expected an int, but the value is absent, which only" + " the type \"int?\" allows");
        assertType("tuple<int, int>", "[1]", "expected a tuple<int, int>, but found an array of 1 values");
        assertType("tuple<>", "[1]", "expected a tuple<>, but found an array of 1 values");
        assertType(
                "ndarray<int>",
                "[[1], [2, 3]]",
                "at [1]: expected an ndarray<int> of one shape, but found an" + " array of 2 values beside one of 1");
        assertType("pointer", "\"^\"", "expected a pointer, ^ and 26 characters, but found \"^\"");
        assertType(
                "duration",
                "1.5",
                "expected a duration like PT1.5S, or a whole number of nanoseconds, but found the" + " number 1.5");
        assertType("decimal(3, 1)", "true", "expected a decimal(3, 1), but found the bool true");
        assertType(
                "decimal(3, 1)",
                "0.25",
                "expected a decimal(3, 1), but found \"0.25\", which has more than 1 digits" + " behind the point");
    }

    @Test
    void aMissingOrNullFieldIsAbsent() throws Exception {
        assertThat(read("a int?, b str?", "{\"a\": null}\n{\"b\": null, \"a\": 1}\n{}"))
                .containsExactly(Row.of(null, null), Row.of(1L, null), Row.of(null, null));
        assertError(
                "a int, b int?",
                "{\"a\": 1}\n{\"b\": 1}",
                "people.jsonl, line 2, column \"a\": expected an int, but the value is absent, which only the type"
                        + " \"int?\" allows");
        assertError(
                "a str",
                "{\"a\": null}",
                "people.jsonl, line 1, column \"a\": expected a str, but the value is absent, which only the type"
                        + " \"str?\" allows");
    }

    @Test
    void aGivenSchemaNarrows() throws Exception {
        assertThat(read("a int", "{\"x\": {\"y\": [1, {}]}, \"a\": 1, \"z\": [[]]}\n{\"a\": 2}"))
                .containsExactly(Row.of(1L), Row.of(2L));
    }

    @Test
    void anInferredSchemaKnowsAllFields() {
        assertThatThrownBy(() -> read(
                        Schema.parse("a int, b int?"), SchemaOrigin.INFERRED, "{\"a\": 1}\n{\"a\": 1, \"nick\": 1}"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("people.jsonl, line 2: the field \"nick\" is none of the columns (a, b); the columns were"
                        + " inferred from the first 10,000 rows, and a schema (--schema) can say otherwise");
    }

    @Test
    void valuesOfOtherTypesAreErrors() {
        assertType("int", "\"7\"", "expected an int, but found \"7\"");
        assertType("int", "1.0", "expected an int, but found the number 1.0");
        assertType("int", "1e3", "expected an int, but found the number 1e3");
        assertType("int", "true", "expected an int, but found the bool true");
        assertType(
                "int",
                "9223372036854775808",
                "expected an int, but found \"9223372036854775808\", which doesn't fit in 64 bits");
        assertType("float", "\"1.5\"", "expected a float, but found \"1.5\"");
        assertType("float", "1e999", "expected a float, but found \"1e999\", which is too large");
        assertType("str", "7", "expected a str, but found the number 7");
        assertType("bool", "1", "expected a bool (true or false), but found the number 1");
        assertType("bool", "\"true\"", "expected a bool (true or false), but found \"true\"");
        assertType("bytes", "\"*\"", "expected bytes in base64, but found \"*\"");
        assertType("datetime_utc", "0", "expected a datetime_utc like 2025-01-17T10:30:00Z, but found the number 0");
    }

    @Test
    void nestedValuesAreRefusedWhereTheTypeIsNone() {
        assertType("str", "{\"a\": 1}", "expected a str, but found an object");
        assertType("int?", "[1]", "expected an int, but found an array");
    }

    @Test
    void aFieldIsThereOnce() {
        assertError(
                "a int",
                "{\"a\": 1, \"b\": 1, \"b\": 2}",
                "people.jsonl, line 1: the object has two fields named \"b\"");
    }

    @Test
    void linesMustBeJsonObjects() {
        assertError(
                "a int",
                "{\"a\": 1}\n[1, 2]",
                "people.jsonl, line 2: expected a JSON object like {\"key\": 1}, but found [1, 2]");
        assertError("a int", "{\"a\": 1}\n{\"a\": ", "people.jsonl, line 2: not valid JSON: it ends within the value");
        assertError("a int", "{\"a\": \"x", "people.jsonl, line 1: not valid JSON: it ends within the value");
        assertError(
                "a int",
                "{\"a\": 1} {\"a\": 2}",
                "people.jsonl, line 1: not valid JSON: there is more after the value");
        assertError(
                "a int",
                "\n{\"a\": x}",
                "people.jsonl, line 2: not valid JSON at character 8: Unrecognized token 'x': was expecting (JSON String,"
                        + " Number, Array, Object or token 'null', 'true' or 'false')");
        assertError(
                "a int",
                "{\"a\": 01}",
                "people.jsonl, line 1: not valid JSON at character 8: Invalid numeric value: Leading zeroes not allowed");
    }

    @Test
    void bytesThatAreNoUtf8AreAnError() {
        byte[] latin1 = "{\"a\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> new JsonLines(Place.file("people.jsonl"), new ByteArrayInputStream(latin1)).next())
                .isInstanceOf(MirrorException.class)
                .hasMessage("people.jsonl, line 1 or later: the file is not UTF-8 text");
    }

    private static Map<String, @Nullable Object> document(@Nullable Object x, @Nullable Object y) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("x", x);
        document.put("y", y);
        return document;
    }

    private static void assertType(String type, String json, String problem) {
        assertError("a " + type, "{\"a\": " + json + "}", "people.jsonl, line 1, column \"a\": " + problem);
    }

    private static void assertError(String schema, String text, String message) {
        assertThatThrownBy(() -> read(schema, text))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    private static List<Row> read(String schema, String text) throws IOException {
        return read(Schema.parse(schema), SchemaOrigin.GIVEN, text);
    }

    private static List<Row> read(Schema schema, SchemaOrigin origin, String text) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (RowReader reader =
                new RowReading(FileFormat.JSONL, schema, origin, null).open(Place.file("people.jsonl"), bytes)) {
            List<Row> rows = new ArrayList<>();
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
            return rows;
        }
    }
}
