package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.DynamoDbJson;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ItemDecoderTest {

    private static final AttributeValue ID = AttributeValue.fromN("7");

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T01:02:03Z, 0",
        "2025-01-17T01:02:03+00:00, 0",
        "2025-01-17T01:02:03+0000, 0",
        "2025-01-17T01:02:03+00, 0",
        "2025-01-17T06:32:03+05:30, 0",
        "2025-01-16T20:02:03-0500, 0",
        "2025-01-17T01:02:03.1Z, 100000000",
        "2025-01-17T01:02:03.12+0000, 120000000",
        "2025-01-17T01:02:03.123+00:00, 123000000",
        "2025-01-17T01:02:03.1234Z, 123400000",
        "2025-01-17T01:02:03.12345Z, 123450000",
        "2025-01-17T01:02:03.123456Z, 123456000",
        "2025-01-17T01:02:03.1234567Z, 123456700",
        "2025-01-17T01:02:03.12345678Z, 123456780",
        "2025-01-17T01:02:03.123456789+0000, 123456789",
    })
    void datetimesWithAnyOffsetAndFraction(String text, int nanos) {
        assertThat(read("datetime_utc", s(text)))
                .isEqualTo(Instant.parse("2025-01-17T01:02:03Z").plusNanos(nanos));
        String naive = text.replaceAll("(Z|[+-][0-9:]+)$", "");
        assertThat(read("datetime_naive", s(naive)))
                .isEqualTo(LocalDateTime.parse(naive.substring(0, 19)).plusNanos(nanos));
    }

    @Test
    void datesAndTimesAsOthersWriteThem() {
        assertThat(read("time", s("10:30"))).isEqualTo(LocalTime.of(10, 30));
        assertThat(read("time", s("10:30:00.120"))).isEqualTo(LocalTime.of(10, 30, 0, 120_000_000));
    }

    static Stream<Arguments> wrongTypes() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("{'S':'abc'}", "the string (S) \"abc\"");
        shown.put("{'N':'1.5'}", "the number (N) 1.5");
        shown.put("{'B':'AQI='}", "the binary (B) 0x0102");
        shown.put("{'BOOL':true}", "the boolean (BOOL) true");
        shown.put("{'NULL':true}", "an absent value (NULL)");
        shown.put("{'L':[{'S':'a'}]}", "a list (L) of 1");
        shown.put("{'M':{}}", "a map (M) of 0");
        shown.put("{'SS':['a']}", "a string set (SS)");
        shown.put("{'NS':['1']}", "a number set (NS)");
        shown.put("{'BS':['AA==']}", "a binary set (BS)");
        Map<String, List<String>> taken = new LinkedHashMap<>();
        taken.put("bool", List.of("BOOL"));
        taken.put("int", List.of());
        taken.put("float", List.of("N"));
        taken.put("decimal(2, 1)", List.of("N"));
        taken.put("str", List.of("S"));
        taken.put("bytes", List.of("B"));
        taken.put("datetime_naive", List.of());
        taken.put("datetime_utc", List.of());
        taken.put("date", List.of());
        taken.put("time", List.of());
        taken.put("duration", List.of());
        taken.put("object", List.of("B"));
        taken.put("ndarray<int>", List.of("M"));
        taken.put("list<str>", List.of("L", "SS", "NS", "BS"));
        taken.put("tuple<str>", List.of("L"));
        taken.put("tuple<str, str>", List.of());
        taken.put("map<str>", List.of("M"));
        taken.put("row<a int?>", List.of("M"));
        taken.put("mixed<bool, list<int>>", List.of("BOOL", "NS"));
        return taken.entrySet().stream()
                .flatMap(type -> shown.entrySet().stream()
                        .filter(attribute -> type.getValue().stream()
                                .noneMatch(name -> attribute.getKey().startsWith("{'" + name + "'")))
                        .map(attribute -> Arguments.of(type.getKey(), attribute.getKey(), attribute.getValue())));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void anAttributeOfAnotherTypeIsAnErrorThatSaysAll(String type, String attribute, String found) {
        assertRefused(type, attribute, "", "expected a value of the type " + type + ", but found " + found);
        if (!attribute.contains("NULL")) {
            assertRefused(type + "?", attribute, "", "expected a value of the type " + type + ", but found " + found);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int | {'N':'9223372036854775808'} | the number (N) 9223372036854775808",
                "int | {'N':'-9223372036854775809'} | the number (N) -9223372036854775809",
                "int | {'N':'0.5'} | the number (N) 0.5",
                "int | {'N':'1E1000000000'} | the number (N) 1E1000000000",
                "int | {'N':'1E-1000000000'} | the number (N) 1E-1000000000",
                "int | {'N':'1E2147483647'} | the number (N) 1E2147483647",
                "int | {'N':'NaN'} | the number (N) NaN",
                "float | {'N':'1E1000000000'} | the number (N) 1E1000000000",
                "float | {'N':'Infinity'} | the number (N) Infinity",
                "float | {'N':'NaN'} | the number (N) NaN",
                "float | {'N':'x'} | the number (N) x",
                "float | {'S':'1E999'} | the string (S) \"1E999\"",
                "float | {'S':'NaN'} | the string (S) \"NaN\"",
                "duration | {'N':'1E1000000000'} | the number (N) 1E1000000000",
                "duration | {'N':'1E-1000000000'} | the number (N) 1E-1000000000",
                "duration | {'N':'0.1'} | the number (N) 0.1",
                "duration | {'N':'9223372036854775808000000000'} | the number (N) 9223372036854775808000000000",
                "date | {'S':'2025-02-30'} | the string (S) \"2025-02-30\"",
                "date | {'S':'2025-01-17T00:00:00'} | the string (S) \"2025-01-17T00:00:00\"",
                "time | {'S':'24:00:00'} | the string (S) \"24:00:00\"",
                "datetime_naive | {'S':'2025-02-30T00:00:00'} | the string (S) \"2025-02-30T00:00:00\"",
                "datetime_naive | {'S':'2025-01-17T00:00:00Z'} | the string (S) \"2025-01-17T00:00:00Z\"",
                "datetime_naive | {'S':'2025-01-17T00:00:00.1234567891'} | the string (S) \"2025-01-17T00:00:00.1234567891\"",
                "datetime_utc | {'S':'2025-02-30T00:00:00Z'} | the string (S) \"2025-02-30T00:00:00Z\"",
                "datetime_utc | {'S':'2025-01-17T24:00:00Z'} | the string (S) \"2025-01-17T24:00:00Z\"",
                "datetime_utc | {'S':'2025-01-17T00:00:00'} | the string (S) \"2025-01-17T00:00:00\"",
                "json | {'S':''} | the string (S) \"\": not valid JSON: there is no value",
                "json | {'S':'1 2'} | the string (S) \"1 2\": not valid JSON: there is more after the value",
                "pointer | {'S':'^abc'} | the string (S) \"^abc\": \"^abc\" is no pointer; expected ^ and 26 characters,"
                        + " like ^00000000000000000000000000",
                "object | {'B':''} | the binary (B) 0x: These bytes are no stored object: they don't begin with d10b and a"
                        + " version",
                "object | {'B':'AQI='} | the binary (B) 0x0102: These bytes are no stored object: they don't begin with"
                        + " d10b and a version",
                "object | {'B':'0Qs='} | the binary (B) 0xd10b: These bytes are no stored object: they don't begin with"
                        + " d10b and a version",
            })
    void aValueThatIsNoneOfItsTypeIsRefused(String type, String attribute, String found) {
        assertRefused(type, attribute, "", "expected a value of the type " + type + ", but found " + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal(3, 1) | 100   | 100 doesn't fit in the type decimal(3, 1), which has 2 digits before and 1 behind the point",
                "decimal(3, 1) | -0.01 | -0.01 doesn't fit in the type decimal(3, 1), which has 2 digits before and 1 behind the point",
                "decimal(3, 1) | 1E1000000000 | 1E+1000000000 doesn't fit in the type decimal(3, 1), which has 2 digits before and 1 behind the point",
                "decimal(3, 1) | 1E-1000000000 | 1E-1000000000 doesn't fit in the type decimal(3, 1), which has 2 digits before and 1 behind the point",
            })
    void aDecimalThatDoesNotFitIsRefused(String type, String number, String problem) {
        assertRefused(type, "{'N':'" + number + "'}", "", problem);
    }

    @Test
    void numbersInOtherSpellings() {
        assertThat(read("int", n("1E2"))).isEqualTo(100L);
        assertThat(read("int", n("100.0"))).isEqualTo(100L);
        assertThat(read("int", n("0E-100000000"))).isEqualTo(0L);
        assertThat(read("float", n("1E2"))).isEqualTo(100.0);
        assertThat(read("duration", n("1E9"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(read("duration", n("0E-100000000"))).isEqualTo(Duration.ZERO);
        assertThat(read("duration", n("-1.50E1"))).isEqualTo(Duration.ofNanos(-15));
        assertThat(read("decimal(4, 2)", n("1"))).isEqualTo(new BigDecimal("1.00"));
        assertThat(read("decimal(4, 2)", n("1.500"))).isEqualTo(new BigDecimal("1.50"));
        assertThat(read("decimal(4, 2)", n("0E-100000000"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(read("decimal(4, 2)", n("0E+100000000"))).isEqualTo(new BigDecimal("0.00"));
    }

    @Test
    void aMissingAttributeOfAnOptionalColumnIsAbsent() {
        assertThat(decoder("id int, v str?").decode(Map.of("id", ID)))
                .containsEntry("v", null)
                .hasSize(2);
        assertThat(decoder("id int, v row<a str?>?").decode(Map.of("id", ID))).containsEntry("v", null);
    }

    @Test
    void aMissingAttributeOfAnotherColumnIsAnError() {
        assertThatThrownBy(() -> decoder("id int, v str").decode(Map.of("id", ID)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table t: attribute \"v\" of item {id=7}: expected a value of the type str, but found no such"
                                + " attribute");
    }

    @Test
    void aRowHasTheColumnsInOrderAndNoOtherAttributes() {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("z", s("last"));
        item.put("a", s("first"));
        item.put("other", s("x"));
        item.put("id", ID);
        Map<String, @Nullable Object> row = decoder("z str, id int, a str").decode(item);
        assertThat(row.keySet()).containsExactly("z", "id", "a");
        assertThat(decoder("z str, id int, a str").values(item)).containsExactly("last", 7L, "first");
    }

    @Test
    void theItemIsShownByItsWholeKey() {
        ItemDecoder decoder =
                new ItemDecoder("t", List.of("p", "s"), Schema.parse("v bool"), UnstorableNumbers.BAD_ROW);
        assertThatThrownBy(() -> decoder.decode(Map.of("p", s("x".repeat(100)), "s", b("{'B':'AQI='}"), "v", s(""))))
                .hasMessage("table t: attribute \"v\" of item {p=\"" + "x".repeat(80)
                        + "…\", s=0x0102}: expected a value of the type bool, but found the string (S) \"\"");
        assertThatThrownBy(() -> decoder.decode(Map.of()))
                .hasMessage("table t: attribute \"v\" of an item: expected a value of the type bool, but found no such"
                        + " attribute");
    }

    @Test
    void setsAreReadAsLists() {
        assertThat(read("list<str>", "{'SS':['a','b']}")).isEqualTo(List.of("a", "b"));
        assertThat(read("list<int>", "{'NS':['1','2']}")).isEqualTo(List.of(1L, 2L));
        assertThat(read("list<float?>", "{'NS':['1.5']}")).isEqualTo(List.of(1.5));
        assertThat(read("list<bytes>", "{'BS':['AA==']}"))
                .usingRecursiveComparison()
                .isEqualTo(List.of(new byte[] {0}));
        assertRefused(
                "list<int>",
                "{'NS':['1','0.5']}",
                "[1]",
                "expected a value of the type int, but found the number (N) 0.5");
        assertRefused(
                "list<int>", "{'SS':['1']}", "[0]", "expected a value of the type int, but found the string (S) \"1\"");
    }

    @Test
    void otherFieldsOfADocumentAreNotLookedAt() {
        assertThat(read("row<a int, b str?>", "{'M':{'a':{'N':'1'},'c':{'S':'x'}}}"))
                .isEqualTo(map("a", 1L, "b", null));
    }

    @Test
    void anErrorInsideAValueHasItsPath() {
        assertRefused(
                "row<a list<tuple<int, map<str>>>>",
                "{'M':{'a':{'L':[{'L':[{'N':'1'},{'M':{}}]},{'L':[{'N':'1'},{'M':{'k k':{'N':'2'}}}]}]}}}",
                ".a[1][1].k k",
                "expected a value of the type str, but found the number (N) 2");
        assertRefused(
                "row<a row<b int>>",
                "{'M':{'a':{'M':{}}}}",
                ".a.b",
                "expected a value of the type int, but found no such attribute");
        assertRefused(
                "list<str>",
                "{'L':[{'NULL':true}]}",
                "[0]",
                "expected a value of the type str, but found an absent value (NULL)");
    }

    @Test
    void anArrayHasItsShape() {
        String type = "ndarray<int>";
        assertThat(read("ndarray<float>", array("1", "'N':'2'")))
                .isEqualTo(NdArray.of(new long[] {1}, new double[] {2}));
        assertRefused(
                type,
                array("2", "'N':'1'"),
                "",
                "expected a value of the type ndarray<int>, but found a map (M) of 2: the shape [2] has room for 2"
                        + " elements, but there are 1");
        assertRefused(
                type,
                array("-1", "'N':'1'"),
                "",
                "expected a value of the type ndarray<int>, but found a map (M) of 2: the shape [-1] has a negative"
                        + " length; lengths are 0 or more");
        assertRefused(
                type,
                array("9223372036854775807", "'N':'1'"),
                "",
                "expected a value of the type ndarray<int>, but found a map (M) of 2: the shape [9223372036854775807] has"
                        + " room for 9223372036854775807 elements, but there are 1");
        assertRefused(
                type,
                array("1", "'N':'0.5'"),
                ".elements[0]",
                "expected a value of the type int, but found the number (N) 0.5");
        assertRefused(
                type,
                array("1", "'S':'1'"),
                ".elements[0]",
                "expected a value of the type int, but found the string (S) \"1\"");
        assertRefused(
                type,
                array("0.5", "'N':'1'"),
                ".shape[0]",
                "expected a value of the type int, but found the number (N) 0.5");
        assertRefused(
                type,
                "{'M':{'shape':{'L':[]}}}",
                "",
                "expected a value of the type ndarray<int>, a map (M) of the lists \"shape\" and \"elements\", but found a"
                        + " map (M) of \"shape\" (L)");
        assertRefused(
                type,
                "{'M':{}}",
                "",
                "expected a value of the type ndarray<int>, a map (M) of the lists \"shape\" and \"elements\", but found a"
                        + " map (M) of nothing");
        assertRefused(
                type,
                "{'M':{'shape':{'L':[]},'elements':{'NS':['1']}}}",
                "",
                "expected a value of the type ndarray<int>, a map (M) of the lists \"shape\" and \"elements\", but found a"
                        + " map (M) of \"elements\" (NS), \"shape\" (L)");
        assertRefused(
                type,
                "{'M':{'shape':{'L':[]},'elements':{'L':[]},'x':{'L':[]}}}",
                "",
                "expected a value of the type ndarray<int>, a map (M) of the lists \"shape\" and \"elements\", but found a"
                        + " map (M) of \"elements\" (L), \"shape\" (L), \"x\" (L)");
    }

    @Test
    void aMixedValueIsOfTheFirstTypeThatTakesIt() {
        String type = "mixed<int, float, str, list<int>, row<a int>>";
        assertThat(read(type, n("1"))).isEqualTo(1L);
        assertThat(read(type, n("1.5"))).isEqualTo(1.5);
        assertThat(read(type, s("1"))).isEqualTo("1");
        assertThat(read(type, "{'L':[{'N':'1'}]}")).isEqualTo(List.of(1L));
        assertThat(read(type, "{'M':{'a':{'N':'1'}}}")).isEqualTo(Map.of("a", 1L));
        assertThat(read("list<" + type + "?>", "{'L':[{'N':'1'},{'NULL':true},{'S':'x'}]}"))
                .isEqualTo(Arrays.asList(1L, null, "x"));
        assertRefused(
                type,
                "{'BOOL':true}",
                "",
                "expected a value of the type " + type + ", but found the boolean (BOOL) true");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "1E126, 1E126",
        "-1E+126, -1E126",
        "1E-131, 1E-131",
        "123456789012345678901234567890123456789, 1.2345678901234568E38"
    })
    void aFloatThatWasStoredAsAStringIsReadBack(String text, double value) {
        assertThat(readAsString("float", s(text))).isEqualTo(value);
        assertThat(readAsString("list<float?>", "{'L':[{'S':'" + text + "'}]}")).isEqualTo(List.of(value));
        assertThat(readAsString("ndarray<float>", array("1", "'S':'" + text + "'")))
                .isEqualTo(NdArray.of(new long[] {1}, new double[] {value}));
    }

    @Test
    void aDecimalThatWasStoredAsAStringIsReadBack() {
        String digits = "1234567890123456789012345678901234567.89";
        assertThat(readAsString("decimal(39, 2)", s(digits))).isEqualTo(new BigDecimal(digits));
        assertThat(readAsString("decimal(39, 2)", n("1"))).isEqualTo(new BigDecimal("1.00"));
        assertThat(readAsString("tuple<decimal(130, 0)>", "{'L':[{'S':'1" + "0".repeat(126) + "'}]}"))
                .isEqualTo(Tuple.of(new BigDecimal("1" + "0".repeat(126))));
    }

    @ParameterizedTest
    @CsvSource({"float, 1", "float, 0", "float, 1E125", "float, -0.5", "'decimal(3, 1)', 1", "'decimal(3, 1)', 1.50"})
    void aStringOfANumberThatDynamoDbCanStoreIsNoNumber(String type, String text) {
        assertThatThrownBy(() -> readAsString(type, s(text)))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: attribute \"v\" of item {id=7}: expected a value of the type " + type
                        + ", but found the string (S) \"" + text + "\": DynamoDB can store it as a number (N)");
    }

    @ParameterizedTest
    @CsvSource({
        "float, ''",
        "float, x",
        "float, nan",
        "float, 1E999",
        "float, 1E1000000000",
        "float, 0x1p999",
        "float, 1E126d",
        "'decimal(3, 1)', NaN",
        "'decimal(3, 1)', Infinity",
        "int, 100000000000000000000000000000000000000000",
        "duration, 100000000000000000000000000000000000000000"
    })
    void aStringThatIsNoNumberIsRefused(String type, String text) {
        assertThatThrownBy(() -> readAsString(type, s(text)))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: attribute \"v\" of item {id=7}: expected a value of the type " + type
                        + ", but found the string (S) \"" + text + "\"");
    }

    /** It took a minute to see that it is no number of the type. */
    @ParameterizedTest
    @ValueSource(strings = {"float", "decimal(38, 0)"})
    @Timeout(10)
    void aVeryLongStringIsNoNumber(String type) {
        assertThatThrownBy(() -> readAsString(type, s("1" + "0".repeat(400_000))))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: attribute \"v\" of item {id=7}: expected a value of the type " + type
                        + ", but found the string (S) \"1" + "0".repeat(79) + "…\"");
    }

    @Test
    void aDecimalStoredAsAStringFitsItsType() {
        assertThatThrownBy(() -> readAsString("decimal(3, 1)", s("1E+2147483647")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table t: attribute \"v\" of item {id=7}: 1E+2147483647 doesn't fit in the type decimal(3, 1),"
                                + " which has 2 digits before and 1 behind the point");
    }

    @Test
    void whatIsNoNumberIsReadAsBeforeWhereNumbersMayBeStrings() {
        assertThatThrownBy(() -> readAsString("float", "{'BOOL':true}"))
                .hasMessage("table t: attribute \"v\" of item {id=7}: expected a value of the type float, but found the"
                        + " boolean (BOOL) true");
        assertThat(readAsString("float?", "{'NULL':true}")).isNull();
        assertThat(readAsString("mixed<float, str>", s("1"))).isEqualTo("1");
    }

    private static void assertRefused(String type, String attribute, String path, String problem) {
        assertThatThrownBy(() -> read(type, attribute))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: attribute \"v\"" + path + " of item {id=7}: " + problem);
    }

    private static @Nullable Object read(String type, AttributeValue attribute) {
        return decoder("id int, v " + type)
                .decode(Map.of("id", ID, "v", attribute))
                .get("v");
    }

    private static @Nullable Object read(String type, String attribute) {
        return read(type, b(attribute));
    }

    private static @Nullable Object readAsString(String type, AttributeValue attribute) {
        return new ItemDecoder("t", List.of("id"), Schema.parse("v " + type), UnstorableNumbers.AS_STRING)
                .decode(Map.of("id", ID, "v", attribute))
                .get("v");
    }

    private static @Nullable Object readAsString(String type, String attribute) {
        return readAsString(type, b(attribute));
    }

    private static ItemDecoder decoder(String schema) {
        return new ItemDecoder("t", List.of("id"), Schema.parse(schema), UnstorableNumbers.BAD_ROW);
    }

    private static String array(String length, String element) {
        return "{'M':{'shape':{'L':[{'N':'" + length + "'}]},'elements':{'L':[{" + element + "}]}}}";
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String text) {
        return AttributeValue.fromN(text);
    }

    /** With single quotes for JSON's double ones. */
    private static AttributeValue b(String attribute) {
        return DynamoDbJson.attribute(attribute.replace('\'', '"'));
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
