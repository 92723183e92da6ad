package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SchemaGuessTest {

    private static final TableSpec TABLE = new TableSpec("t", new TableSpec.KeyPart("k", KeyType.N), null);
    private static final AttributeValue NULL = AttributeValue.fromNul(true);

    static Stream<Arguments> types() {
        return Stream.of(
                type("bool", bool(true), bool(false)),
                type("bool?", bool(true), NULL),
                type("str?", NULL),
                type("str", s("a"), s("")),
                type("bytes", bytes(1)),
                // Numbers
                type("int", n("1"), n("-9223372036854775808"), n("9223372036854775807"), n("0")),
                type("int", n("1.0"), n("1E2")),
                type("decimal(19, 0)", n("9223372036854775808")),
                type("decimal(19, 0)", n("-9223372036854775809"), n("5")),
                type("decimal(2, 1)", n("1.5")),
                type("decimal(1, 1)", n("0.5"), n("0"), n("-0.5")),
                type("decimal(7, 7)", n("0.0000001")),
                type("decimal(5, 2)", n("100"), n("0.25")),
                type("decimal(38, 0)", n("99999999999999999999999999999999999999")),
                type("decimal(38, 37)", n("1.2345678901234567890123456789012345678")),
                type("float", n("99999999999999999999999999999999999999"), n("0.5")),
                type("float", n("1E-130")),
                type("float", n("1E+125")),
                // Lists and sets
                type("list<int>", list(n("1"), n("2")), list(), list(n("3"))),
                type("list<str?>", list()),
                type("list<str?>", list(NULL)),
                type("list<int?>", list(n("1")), list(NULL)),
                type("list<mixed<int, str>>", list(s("a"), n("1"))),
                type("list<list<decimal(2, 1)>>", list(list(n("1")), list()), list(list(n("1.5")))),
                type("list<str>", AttributeValue.fromSs(List.of("a", "b")), list(s("c"))),
                type("list<decimal(2, 1)>", AttributeValue.fromNs(List.of("1", "2.5"))),
                type("list<bytes>", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {1})))),
                type("list<int>?", AttributeValue.fromNs(List.of("1")), NULL),
                // Maps
                type("row<a int, b str>", map("b", s("x"), "a", n("1"))),
                type("row<a int, b str?>", map("a", n("1")), map("b", s("x"), "a", n("2"))),
                type("row<a int?>", map("a", n("1")), map()),
                type("row<a int?>", map("a", n("1")), map("a", NULL)),
                type("row<a row<b list<int>, c str?>>", map("a", map("b", list(n("1")), "c", NULL))),
                type("map<str?>", map()),
                type("map<str?>?", map(), NULL),
                type("row<\"a b\" int>", map("a b", n("1"))),
                type("list<row<a int, b int?>>", list(map("a", n("1")), map("a", n("1"), "b", n("2")))),
                // Arrays
                type("ndarray<int>", array(list(n("2")), list(n("1"), n("2")))),
                type("ndarray<int>", array(list(n("0")), list()), array(list(n("1"), n("1")), list(n("7")))),
                type("ndarray<int>", array(list(), list(n("9223372036854775807")))),
                type("ndarray<float>", array(list(n("2")), list(n("1.5"), n("2")))),
                type("ndarray<float>", array(list(n("1")), list(n("1.5"))), array(list(n("1")), list(n("2")))),
                type("ndarray<float>", array(list(n("1")), list(n("1.5"))), array(list(n("0")), list())),
                type("ndarray<float>?", array(list(n("1")), list(n("1E100"))), NULL),
                type("row<elements list<int>, shape list<int>>", array(list(n("3")), list(n("1"), n("2")))),
                type("row<elements list<int>, shape list<int>>", array(list(n("-1")), list(n("1")))),
                type("row<elements list<str>, shape list<int>>", array(list(n("1")), list(s("1")))),
                type(
                        "row<elements list<decimal(2, 1)>, shape list<decimal(2, 1)>>",
                        array(list(n("1.5")), list(n("1.5")))),
                type(
                        "row<elements list<decimal(18, 18)>, shape list<int>>",
                        array(list(n("1")), list(n("0.123456789012345678")))),
                type(
                        "row<elements list<decimal(20, 1)>, shape list<int>>",
                        array(list(n("1")), list(n("9223372036854775807"))),
                        array(list(n("1")), list(n("0.5")))),
                type(
                        "row<a int?, elements list<int>?, shape list<int>?>",
                        array(list(n("1")), list(n("1"))),
                        map("a", n("1"))),
                // Mixed
                type("mixed<int, str>", s("1"), n("1")),
                type("mixed<int, str>?", s("1"), NULL, n("1")),
                type(
                        "mixed<bool, decimal(2, 1), str, bytes, list<str?>, map<str?>>",
                        map(),
                        list(),
                        bytes(1),
                        s(""),
                        n("1"),
                        n("1.5"),
                        bool(true)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void theTypeThatAllValuesOfAColumnHave(String expected, List<AttributeValue> values) {
        SchemaGuess guess = new SchemaGuess(TABLE);
        List<Map<String, AttributeValue>> items =
                values.stream().map(value -> Map.of("k", n("1"), "v", value)).toList();
        items.forEach(guess::add);
        assertThat(guess.schema()).hasToString("k int, v " + expected);
        assertThat(guess.items()).isEqualTo(values.size());
        // What --show-schema prints is what --schema takes.
        assertThat(Schema.parse(guess.schema().toString())).isEqualTo(guess.schema());
        for (Map<String, AttributeValue> item : items) {
            assertThatCode(() -> guess.check(item)).doesNotThrowAnyException();
        }
    }

    @Test
    void theKeyComesFirstAndTheOthersByName() {
        TableSpec table =
                new TableSpec("t", new TableSpec.KeyPart("p", KeyType.S), new TableSpec.KeyPart("a", KeyType.N));
        SchemaGuess guess = new SchemaGuess(table);
        guess.add(Map.of("p", s("x"), "z", n("1"), "a", n("1"), "Z", n("1"), "b", n("1")));
        assertThat(guess.schema()).hasToString("p str, a int, Z int, b int, z int");
    }

    @Test
    void ofNoItemTheKeyIsKnown() {
        TableSpec table =
                new TableSpec("t", new TableSpec.KeyPart("p", KeyType.B), new TableSpec.KeyPart("a", KeyType.N));
        assertThat(new SchemaGuess(table).schema()).hasToString("p bytes, a int");
        assertThat(new SchemaGuess(new TableSpec("t", new TableSpec.KeyPart("p", KeyType.S), null)).schema())
                .hasToString("p str");
    }

    @Test
    void whatAnItemLacksIsOptional() {
        SchemaGuess guess = new SchemaGuess(TABLE);
        guess.add(Map.of("k", n("1"), "a", n("1"), "b", n("1")));
        guess.add(Map.of("k", n("2"), "b", n("1"), "c", n("1")));
        guess.add(Map.of("k", n("3"), "a", n("1"), "b", n("1"), "c", n("1")));
        assertThat(guess.schema()).hasToString("k int, a int?, b int, c int?");
    }

    @Test
    void manyNamesMakeAMap() {
        assertThat(inferred(numbered(0, 100))).startsWith("row<f0 int, f1 int, f10 int, ");
        assertThat(inferred(numbered(0, 101))).isEqualTo("map<int>");
        assertThat(inferred(numbered(0, 60), numbered(40, 100))).startsWith("row<f0 int?, ");
        assertThat(inferred(numbered(0, 60), numbered(41, 101))).isEqualTo("map<int>");
        assertThat(inferred(map(), numbered(0, 101), map("x", s("y")))).isEqualTo("map<mixed<int, str>>");
        assertThat(inferred(numbered(0, 101), map("x", NULL))).isEqualTo("map<int?>");
        assertThat(inferred(map("a", numbered(0, 60), "b", numbered(60, 120)))).startsWith("row<a row<f0 int, ");
    }

    @Test
    void anItemThatDoesNotFitIsAnError() {
        SchemaGuess guess = new SchemaGuess(TABLE);
        guess.add(Map.of("k", n("1"), "a", n("1"), "d", map("x", n("1"))));
        assertMisfit(
                guess,
                Map.of("k", n("2"), "a", n("1"), "d", map("x", n("1")), "b", n("1")),
                "table t: attribute \"b\" of item {k=2}: the schema has no column of this name");
        assertMisfit(
                guess,
                Map.of("k", n("2"), "a", n("1"), "d", map("x", n("1"), "y", s(""))),
                "table t: attribute \"d\" of item {k=2}: expected a value of the type row<x int>, but found one of the"
                        + " type row<x int, y str>");
        assertMisfit(
                guess,
                Map.of("k", n("2"), "a", n("1.5"), "d", map("x", n("1"))),
                "table t: attribute \"a\" of item {k=2}: expected a value of the type int, but found one of the type"
                        + " decimal(2, 1)");
        assertMisfit(
                new SchemaGuess(TABLE),
                Map.of("k", n("2"), "a", n("1")),
                "table t: attribute \"a\" of item {k=2}: the schema has no column of this name");
        assertThat(guess.schema()).hasToString("k int, a int, d row<x int>");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theOrderOfTheItemsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Map<String, AttributeValue> item = new HashMap<>();
            item.put("k", n(Integer.toString(i)));
            for (int column = 0; column < 6; column++) {
                if (random.nextInt(20) > 0) {
                    item.put("c" + column, random(random, 1 + column));
                }
            }
            items.add(item);
        }
        Schema expected = Schema.parse(inferredFrom(items).toString());
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(items, random);
            assertThat(inferredFrom(items)).isEqualTo(expected);
        }
    }

    /** A value of one of the first so many kinds; a map of many different names among them. */
    private static AttributeValue random(Random random, int kinds) {
        return switch (random.nextInt(kinds)) {
            case 0 -> n(Integer.toString(random.nextInt(1000)));
            case 1 -> random.nextBoolean() ? n("0." + random.nextInt(100)) : n("1E" + random.nextInt(40));
            case 2 -> random.nextInt(10) == 0 ? NULL : array(list(n("1")), list(random(random, 2)));
            case 3 -> randomMap(random);
            case 4 -> random.nextBoolean() ? list() : list(random(random, 5), random(random, 3));
            default -> s("x");
        };
    }

    /** A map of few fields, or of many whose names other maps don't have, so that some of them together are too many. */
    private static AttributeValue randomMap(Random random) {
        Map<String, AttributeValue> fields = new HashMap<>();
        int names = random.nextBoolean() ? 5 : 300;
        for (int i = 0; i < names / 5; i++) {
            fields.put("f" + random.nextInt(names), random(random, 3));
        }
        return AttributeValue.fromM(fields);
    }

    private static void assertMisfit(SchemaGuess guess, Map<String, AttributeValue> item, String message) {
        assertThatThrownBy(() -> guess.check(item))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    private static String inferred(AttributeValue... values) {
        String schema = inferredFrom(Stream.of(values)
                        .map(value -> Map.of("k", n("1"), "v", value))
                        .toList())
                .toString();
        return schema.substring("k int, v ".length());
    }

    private static Schema inferredFrom(List<Map<String, AttributeValue>> items) {
        SchemaGuess guess = new SchemaGuess(TABLE);
        items.forEach(guess::add);
        return guess.schema();
    }

    private static Arguments type(String expected, AttributeValue... values) {
        return Arguments.of(expected, List.of(values));
    }

    private static AttributeValue numbered(int from, int to) {
        Map<String, AttributeValue> fields = new HashMap<>();
        IntStream.range(from, to).forEach(i -> fields.put("f" + i, n("1")));
        return AttributeValue.fromM(fields);
    }

    private static AttributeValue array(AttributeValue shape, AttributeValue elements) {
        return map("shape", shape, "elements", elements);
    }

    private static AttributeValue map(Object... namesAndValues) {
        Map<String, AttributeValue> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
        }
        return AttributeValue.fromM(map);
    }

    private static AttributeValue list(AttributeValue... elements) {
        return AttributeValue.fromL(List.of(elements));
    }

    private static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue bool(boolean value) {
        return AttributeValue.fromBool(value);
    }

    private static AttributeValue bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }
}
