package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.DynamoDbJson;
import dev.dynamirror.object.AllowedClasses;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each type looks like in DynamoDB, written by hand; and that it is read back as what it was. */
final class EveryTypeTest {

    private static final String NINES_38 = "9".repeat(38);
    private static final Pointer POINTER = Pointer.of(42);

    /** Type, Java value, attribute. */
    static final List<Arguments> VALUES = List.of(
            of("bool", true, "{'BOOL':true}"),
            of("bool", false, "{'BOOL':false}"),
            // int
            of("int", 42L, "{'N':'42'}"),
            of("int", 0L, "{'N':'0'}"),
            of("int", -1L, "{'N':'-1'}"),
            of("int", Long.MAX_VALUE, "{'N':'9223372036854775807'}"),
            of("int", Long.MIN_VALUE, "{'N':'-9223372036854775808'}"),
            // float
            of("float", 1.0, "{'N':'1'}"),
            of("float", 0.1, "{'N':'0.1'}"),
            of("float", 0.0, "{'N':'0'}"),
            of("float", -0.0, "{'N':'-0'}"),
            of("float", 1e-7, "{'N':'0.0000001'}"),
            of("float", 1e21, "{'N':'1000000000000000000000'}"),
            of("float", -123456.789, "{'N':'-123456.789'}"),
            of("float", 9007199254740992.0, "{'N':'9007199254740992'}"),
            of("float", 1e-130, "{'N':'0." + "0".repeat(129) + "1'}"),
            of("float", 9.99999999999999E125, "{'N':'999999999999999" + "0".repeat(111) + "'}"),
            // decimal
            of("decimal(5, 2)", new BigDecimal("123.45"), "{'N':'123.45'}"),
            of("decimal(5, 2)", new BigDecimal("-0.10"), "{'N':'-0.10'}"),
            of("decimal(5, 2)", new BigDecimal("0.00"), "{'N':'0.00'}"),
            of("decimal(5, 0)", new BigDecimal("100"), "{'N':'100'}"),
            of("decimal(38, 0)", new BigDecimal(NINES_38), "{'N':'" + NINES_38 + "'}"),
            of("decimal(38, 0)", new BigDecimal("-" + NINES_38), "{'N':'-" + NINES_38 + "'}"),
            of("decimal(38, 38)", new BigDecimal("0." + NINES_38), "{'N':'0." + NINES_38 + "'}"),
            of("decimal(38, 38)", new BigDecimal("1E-38"), "{'N':'0." + "0".repeat(37) + "1'}"),
            of("decimal(130, 130)", new BigDecimal("-1E-130"), "{'N':'-0." + "0".repeat(129) + "1'}"),
            of(
                    "decimal(126, 0)",
                    new BigDecimal(NINES_38 + "0".repeat(88)),
                    "{'N':'" + NINES_38 + "0".repeat(88) + "'}"),
            // str
            of("str", "Hello", "{'S':'Hello'}"),
            of("str", "", "{'S':''}"),
            of("str", "Bär 名 😀", "{'S':'Bär 名 😀'}"),
            of("str", "\"\\/\n\u0000", "{'S':'\\\"\\\\/\\u000a\\u0000'}"),
            // bytes
            of("bytes", new byte[] {1, 2, 3}, "{'B':'AQID'}"),
            of("bytes", new byte[0], "{'B':''}"),
            of("bytes", new byte[] {-1, -2, 0, 127, -128}, "{'B':'//4Af4A='}"),
            // datetimes
            of("datetime_naive", LocalDateTime.of(2025, 1, 17, 0, 0), "{'S':'2025-01-17T00:00:00.000000000'}"),
            of(
                    "datetime_naive",
                    LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_789),
                    "{'S':'1969-07-20T20:17:40.123456789'}"),
            of("datetime_naive", LocalDateTime.of(0, 1, 1, 0, 0), "{'S':'0000-01-01T00:00:00.000000000'}"),
            of(
                    "datetime_naive",
                    LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999),
                    "{'S':'9999-12-31T23:59:59.999999999'}"),
            of("datetime_utc", Instant.parse("2025-01-17T00:00:00Z"), "{'S':'2025-01-17T00:00:00.000000000+0000'}"),
            of("datetime_utc", Instant.ofEpochSecond(-1, 1), "{'S':'1969-12-31T23:59:59.000000001+0000'}"),
            of("datetime_utc", Instant.parse("0000-01-01T00:00:00Z"), "{'S':'0000-01-01T00:00:00.000000000+0000'}"),
            of(
                    "datetime_utc",
                    Instant.parse("9999-12-31T23:59:59.999999999Z"),
                    "{'S':'9999-12-31T23:59:59.999999999+0000'}"),
            // date, time
            of("date", LocalDate.of(2025, 1, 17), "{'S':'2025-01-17'}"),
            of("date", LocalDate.of(2024, 2, 29), "{'S':'2024-02-29'}"),
            of("date", LocalDate.of(0, 1, 1), "{'S':'0000-01-01'}"),
            of("date", LocalDate.of(9999, 12, 31), "{'S':'9999-12-31'}"),
            of("time", LocalTime.of(10, 30), "{'S':'10:30:00'}"),
            of("time", LocalTime.of(10, 30, 0, 500_000_000), "{'S':'10:30:00.5'}"),
            of("time", LocalTime.of(0, 0, 0, 1), "{'S':'00:00:00.000000001'}"),
            of("time", LocalTime.MIN, "{'S':'00:00:00'}"),
            of("time", LocalTime.MAX, "{'S':'23:59:59.999999999'}"),
            // duration
            of("duration", Duration.ofDays(5), "{'N':'432000000000000'}"),
            of("duration", Duration.ZERO, "{'N':'0'}"),
            of("duration", Duration.ofNanos(1), "{'N':'1'}"),
            of("duration", Duration.ofNanos(-1), "{'N':'-1'}"),
            of("duration", Duration.ofNanos(-1_500_000_000), "{'N':'-1500000000'}"),
            of("duration", Duration.ofDays(365_000), "{'N':'31536000000000000000'}"),
            of("duration", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), "{'N':'9223372036854775807999999999'}"),
            of("duration", Duration.ofSeconds(Long.MIN_VALUE), "{'N':'-9223372036854775808000000000'}"),
            of("duration", Duration.ofSeconds(Long.MIN_VALUE, 1), "{'N':'-9223372036854775807999999999'}"),
            // json
            of("json", Json.parse("{ \"b\" : 1, \"a\" : [ ] }"), "{'S':'{\\\"b\\\":1,\\\"a\\\":[]}'}"),
            of("json", Json.parse("null"), "{'S':'null'}"),
            of("json", Json.parse("\"alpha\""), "{'S':'\\\"alpha\\\"'}"),
            of("json", Json.parse("\"\""), "{'S':'\\\"\\\"'}"),
            of("json", Json.parse(" true "), "{'S':'true'}"),
            of("json", Json.parse("4".repeat(42)), "{'S':'" + "4".repeat(42) + "'}"),
            of("json", Json.parse("[1.0, 1E5, -0, 1e-400]"), "{'S':'[1.0,1E5,-0,1e-400]'}"),
            of("json", Json.parse("\"\\u00e4 😀 \\n\""), "{'S':'\\\"ä 😀 \\\\n\\\"'}"),
            // pointer
            of("pointer", Pointer.of(42), "{'S':'^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'}"),
            of("pointer", Pointer.of(1), "{'S':'^YYY4HABTRW7T8VX2Q429ZYV70W'}"),
            of("pointer", Pointer.of(), "{'S':'^PWSRT420000000000000000000'}"),
            of("pointer", new Pointer(0, 0), "{'S':'^00000000000000000000000000'}"),
            of("pointer", new Pointer(-1, -1), "{'S':'^ZZZZZZZZZZZZZZZZZZZZZZZZZW'}"),
            // object: the tag, the version, and what they hold, here the int 7 and the text "hi"
            of("object", ObjectWrapper.ofBytes(HexFormat.of().parseHex("d10b01020e")), "{'B':'0QsBAg4='}"),
            of("object", ObjectWrapper.ofBytes(HexFormat.of().parseHex("d10b010368e9")), "{'B':'0QsBA2jp'}"),
            of("object", ObjectWrapper.ofBytes(HexFormat.of().parseHex("d10bff")), "{'B':'0Qv/'}"),
            // ndarray
            of(
                    "ndarray<int>",
                    NdArray.of(new long[] {3}, new long[] {1, -2, Long.MAX_VALUE}),
                    "{'M':{'shape':{'L':[{'N':'3'}]},"
                            + "'elements':{'L':[{'N':'1'},{'N':'-2'},{'N':'9223372036854775807'}]}}}"),
            of(
                    "ndarray<int>",
                    NdArray.of(new long[] {1, 2, 2}, new long[] {1, 2, 3, 4}),
                    "{'M':{'shape':{'L':[{'N':'1'},{'N':'2'},{'N':'2'}]},"
                            + "'elements':{'L':[{'N':'1'},{'N':'2'},{'N':'3'},{'N':'4'}]}}}"),
            of(
                    "ndarray<int>",
                    NdArray.of(new long[0], new long[] {7}),
                    "{'M':{'shape':{'L':[]},'elements':{'L':[{'N':'7'}]}}}"),
            of(
                    "ndarray<float>",
                    NdArray.of(new long[] {2, 0, 3}, new double[0]),
                    "{'M':{'shape':{'L':[{'N':'2'},{'N':'0'},{'N':'3'}]},'elements':{'L':[]}}}"),
            of(
                    "ndarray<float>",
                    NdArray.of(new long[] {4}, new double[] {1.0, 1e-7, -0.0, 0.5}),
                    "{'M':{'shape':{'L':[{'N':'4'}]},"
                            + "'elements':{'L':[{'N':'1'},{'N':'0.0000001'},{'N':'-0'},{'N':'0.5'}]}}}"),
            // list, tuple, map, row
            of("list<int>", List.of(1L, 2L), "{'L':[{'N':'1'},{'N':'2'}]}"),
            of("list<int>", List.of(), "{'L':[]}"),
            of("list<str?>", Arrays.asList("a", null), "{'L':[{'S':'a'},{'NULL':true}]}"),
            of("list<list<bytes>>", List.of(List.of(), List.of(new byte[1])), "{'L':[{'L':[]},{'L':[{'B':'AA=='}]}]}"),
            of("tuple<int, str?>", Tuple.of(1L, "a"), "{'L':[{'N':'1'},{'S':'a'}]}"),
            of("tuple<int, str?>", Tuple.of(1L, null), "{'L':[{'N':'1'},{'NULL':true}]}"),
            of("tuple<>", Tuple.of(), "{'L':[]}"),
            of("map<int>", Map.of(), "{'M':{}}"),
            of("map<int?>", map("b", 1L, "a \"ü\"", null), "{'M':{'b':{'N':'1'},'a \\\"ü\\\"':{'NULL':true}}}"),
            of("row<x int, y str?>", map("x", 1L, "y", null), "{'M':{'x':{'N':'1'},'y':{'NULL':true}}}"),
            of("row<\"a b\" tuple<bool>>", map("a b", Tuple.of(true)), "{'M':{'a b':{'L':[{'BOOL':true}]}}}"),
            of(
                    "list<tuple<ndarray<float>, str?>>",
                    List.of(Tuple.of(NdArray.of(new long[] {1}, new double[] {0.5}), null)),
                    "{'L':[{'L':[{'M':{'shape':{'L':[{'N':'1'}]},'elements':{'L':[{'N':'0.5'}]}}},{'NULL':true}]}]}"),
            of(
                    "map<row<at date, tags list<str>?>>",
                    map("k", map("at", LocalDate.EPOCH, "tags", null)),
                    "{'M':{'k':{'M':{'at':{'S':'1970-01-01'},'tags':{'NULL':true}}}}}"),
            of(
                    "row<p pointer, j json, d decimal(3, 1), t time, w duration>",
                    map(
                            "p",
                            POINTER,
                            "j",
                            Json.parse("{}"),
                            "d",
                            new BigDecimal("1.0"),
                            "t",
                            LocalTime.NOON,
                            "w",
                            Duration.ofNanos(5)),
                    "{'M':{'p':{'S':'^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'},'j':{'S':'{}'},'d':{'N':'1.0'},"
                            + "'t':{'S':'12:00:00'},'w':{'N':'5'}}}"));

    /** Java values that are taken beside the one that is read. */
    static final List<Arguments> OTHER_JAVA_VALUES = List.of(
            of("int", (byte) -1, "{'N':'-1'}"),
            of("int", (short) 2, "{'N':'2'}"),
            of("int", 3, "{'N':'3'}"),
            of("float", 0.1f, "{'N':'0.1'}"),
            of("float", Float.MAX_VALUE, "{'N':'340282350000000000000000000000000000000'}"),
            of("decimal(5, 2)", new BigDecimal("1E+2"), "{'N':'100.00'}"),
            of("decimal(5, 2)", new BigDecimal("1.50000"), "{'N':'1.50'}"),
            of("decimal(5, 2)", 7, "{'N':'7.00'}"),
            of("decimal(20, 0)", BigInteger.valueOf(Long.MIN_VALUE), "{'N':'-9223372036854775808'}"),
            of("object", ObjectWrapper.of(7), "{'B':'0QsBAg4='}"),
            of("object", ObjectWrapper.of("hi"), "{'B':'0QsBA2jp'}"),
            of("row<x int?>", Map.of(), "{'M':{'x':{'NULL':true}}}"),
            of("list<int>", new ArrayList<>(List.of((byte) 1)), "{'L':[{'N':'1'}]}"));

    @ParameterizedTest
    @FieldSource("VALUES")
    void aValueIsStoredInItsForm(String type, Object value, String attribute) {
        assertThat(written(type, value)).isEqualTo(attribute);
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void aStoredValueIsReadAsWhatItWas(String type, Object value, String attribute) {
        assertThat(read(type, attribute)).usingRecursiveComparison().isEqualTo(value);
        assertThat(read(type + "?", attribute)).usingRecursiveComparison().isEqualTo(value);
    }

    @ParameterizedTest
    @FieldSource("OTHER_JAVA_VALUES")
    void otherJavaValuesAreTaken(String type, Object value, String attribute) {
        assertThat(written(type, value)).isEqualTo(attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bool",
                "int",
                "float",
                "decimal(5, 2)",
                "str",
                "bytes",
                "datetime_naive",
                "datetime_utc",
                "date",
                "time",
                "duration",
                "json",
                "pointer",
                "object",
                "ndarray<int>",
                "ndarray<float>",
                "list<int>",
                "tuple<int>",
                "map<int>",
                "row<x int>"
            })
    void anAbsentValueIsStoredAsNullWhereItMayBe(String type) {
        assertThat(written(type + "?", null)).isEqualTo("{\"NULL\":true}");
        assertThat(read(type + "?", "{\"NULL\":true}")).isNull();
        assertThatThrownBy(() -> written(type, null))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"v\" of row {id=1}: the value is absent, and the type " + type
                        + " is not optional; declare it as " + type + "?");
    }

    @Test
    void anObjectIsReadClosed() {
        ObjectWrapper<?> read = (ObjectWrapper<?>) Objects.requireNonNull(read("object", "{\"B\":\"0QsBAg4=\"}"));
        assertThat(read).hasToString("closed object of 5 bytes").isEqualTo(ObjectWrapper.of(7));
        assertThat(read.open(AllowedClasses.none()).value()).isEqualTo(7);
    }

    @Test
    void everyTypeIsInTheTable() {
        assertThat(VALUES.stream()
                        .map(arguments -> LiveType.parse((String) arguments.get()[0])))
                .contains(ScalarType.values());
        assertThat(VALUES.stream()
                        .map(arguments -> LiveType.parse((String) arguments.get()[0])
                                .getClass()
                                .getSimpleName())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "ScalarType", "DecimalType", "NdArrayType", "ListType", "TupleType", "MapType", "DocumentType");
    }

    static final List<Arguments> REFUSED = List.of(
            Arguments.of(
                    "float",
                    Double.MAX_VALUE,
                    "",
                    "1.7976931348623157E+308 is out of DynamoDB's number range" + " (at most 9.99…E+125)"),
            Arguments.of(
                    "float",
                    Double.MIN_VALUE,
                    "",
                    "4.9E-324 is out of DynamoDB's number range (at least 1E-130, or 0)"),
            Arguments.of("float", Float.NaN, "", "NaN is no number that DynamoDB can store; filter or replace it"),
            Arguments.of(
                    "decimal(39, 0)",
                    new BigDecimal("1" + NINES_38),
                    "",
                    "2.0000000000000000000E+38… has 39 significant digits, and DynamoDB keeps at most 38"),
            Arguments.of(
                    "decimal(5, 2)",
                    new BigDecimal("1000"),
                    "",
                    "1000 doesn't fit in the type decimal(5, 2), which has"
                            + " 3 digits before and 2 behind the point"),
            Arguments.of(
                    "decimal(5, 2)",
                    new BigDecimal("0.001"),
                    "",
                    "0.001 doesn't fit in the type decimal(5, 2), which"
                            + " has 3 digits before and 2 behind the point"),
            Arguments.of("date", LocalDate.of(10_000, 1, 1), "", "the year of +10000-01-01 is not from 0 to 9999"),
            Arguments.of("date", LocalDate.of(-1, 1, 1), "", "the year of -0001-01-01 is not from 0 to 9999"),
            Arguments.of("int", 1.0, "", "expected a value of the type int, but found 1.0 of java.lang.Double"),
            Arguments.of("float", 1, "", "expected a value of the type float, but found 1 of java.lang.Integer"),
            Arguments.of(
                    "decimal(5, 2)",
                    1.5,
                    "",
                    "expected a value of the type decimal(5, 2), but found 1.5 of" + " java.lang.Double"),
            Arguments.of(
                    "ndarray<int>",
                    NdArray.of(new long[] {1}, new double[] {1}),
                    "",
                    "expected a value of the type"
                            + " ndarray<int>, but found ndarray[1][1.0] of dev.dynamirror.value.DoubleNdArray"),
            Arguments.of(
                    "ndarray<float>",
                    NdArray.of(new long[] {2}, new double[] {1, Double.POSITIVE_INFINITY}),
                    ".elements[1]",
                    "Infinity is no number that DynamoDB can store; filter or replace it"),
            Arguments.of("object", 7, "", "expected a value of the type object, but found 7 of java.lang.Integer"),
            Arguments.of(
                    "list<int>",
                    Arrays.asList(1L, null),
                    "[1]",
                    "the value is absent, and the type int is not optional;" + " declare it as int?"),
            Arguments.of(
                    "list<int>",
                    Tuple.of(1),
                    "",
                    "expected a value of the type list<int>, but found (1) of" + " dev.dynamirror.value.Tuple"),
            Arguments.of(
                    "tuple<int, int>",
                    Tuple.of(1),
                    "",
                    "expected a value of the type tuple<int, int>, but found a tuple" + " of 1 values"),
            Arguments.of(
                    "map<int>",
                    Map.of(1, 2),
                    "",
                    "expected a string as the key of a map, but found one of" + " java.lang.Integer"),
            Arguments.of("map<int>", Map.of("", 2), "", "the map has an empty key, and DynamoDB takes no empty name"),
            Arguments.of(
                    "map<int>",
                    Map.of("k".repeat(65_536), 2),
                    "",
                    "the map has a key of 65536 bytes, and DynamoDB" + " takes names of at most 65535"),
            Arguments.of(
                    "map<int>",
                    Map.of("é".repeat(32_768), 2),
                    "",
                    "the map has a key of 65536 bytes, and DynamoDB" + " takes names of at most 65535"),
            Arguments.of(
                    "map<int>",
                    Map.of("k", "x"),
                    ".k",
                    "expected a value of the type int, but found x of" + " java.lang.String"),
            Arguments.of("row<x int>", Map.of("x", 1, "z", 2), "", "the type row<x int> has no field \"z\""),
            Arguments.of(
                    "row<x list<tuple<str>>>",
                    Map.of("x", List.of(Tuple.of("\ud800"))),
                    ".x[0][0]",
                    "the string is no" + " valid Unicode: half of a surrogate pair (U+D800) at index 0"),
            Arguments.of(
                    "str",
                    "x".repeat(409_601),
                    "",
                    "the string has 409601 characters, and DynamoDB takes at most"
                            + " 409600 bytes in an item; shorten it or leave it out"),
            Arguments.of(
                    "bytes",
                    new byte[409_601],
                    "",
                    "the binary has 409601 bytes, and DynamoDB takes at most"
                            + " 409600 bytes in an item; shorten it or leave it out"));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void whatCantBeStoredIsRefusedWithItsPlace(String type, Object value, String path, String problem) {
        assertThatThrownBy(() -> written(type, value))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"v\"" + path + " of row {id=1}: " + problem);
    }

    @Test
    void keysOfTheTypesThatCanBeKeys() {
        assertThat(key("decimal(5, 2)", new BigDecimal("1.50"))).isEqualTo("{\"N\":\"1.5\"}");
        assertThat(key("duration", Duration.ofSeconds(-1))).isEqualTo("{\"N\":\"-1000000000\"}");
        assertThat(key("date", LocalDate.EPOCH)).isEqualTo("{\"S\":\"1970-01-01\"}");
        assertThat(key("time", LocalTime.NOON)).isEqualTo("{\"S\":\"12:00:00\"}");
        assertThat(key("json", Json.parse("[ 1 ]"))).isEqualTo("{\"S\":\"[1]\"}");
        assertThat(key("object", ObjectWrapper.of(7))).isEqualTo("{\"B\":\"0QsBAg4=\"}");
        assertThat(key("object", ObjectWrapper.ofBytes(ObjectWrapper.of(7).toBytes())))
                .isEqualTo("{\"B\":\"0QsBAg4=\"}");
        assertThat(key("pointer", Pointer.of(42))).isEqualTo("{\"S\":\"^Z5QKEQCDK9ZZ6TSYV0PM0G92JC\"}");
    }

    private static String key(String type, Object value) {
        String wire = wire(MapRowEncoder.of("t", Schema.parse("k " + type), "k", null, UnstorableNumbers.BAD_ROW)
                .delete(Map.of("k", value)));
        String start = "{\"DeleteRequest\":{\"Key\":{\"k\":";
        assertThat(wire).startsWith(start);
        return wire.substring(start.length(), wire.length() - 3);
    }

    private static String written(String type, @Nullable Object value) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", 1);
        row.put("v", value);
        String wire = wire(MapRowEncoder.of("t", schema(type), "id", null, UnstorableNumbers.BAD_ROW)
                .put(row));
        String start = "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"v\":";
        assertThat(wire).startsWith(start).endsWith("}}}");
        return wire.substring(start.length(), wire.length() - 3);
    }

    private static @Nullable Object read(String type, String attribute) {
        return new ItemDecoder("t", List.of("id"), schema(type), UnstorableNumbers.BAD_ROW)
                .decode(Map.of("id", DynamoDbJson.attribute("{\"N\":\"1\"}"), "v", DynamoDbJson.attribute(attribute)))
                .get("v");
    }

    private static Schema schema(String type) {
        return Schema.parse("id int, v " + type);
    }

    private static String wire(Change change) {
        return new String(change.wire(), StandardCharsets.UTF_8);
    }

    /** With single quotes for JSON's double ones. */
    private static Arguments of(String type, Object value, String attribute) {
        return Arguments.of(type, value, attribute.replace('\'', '"'));
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
