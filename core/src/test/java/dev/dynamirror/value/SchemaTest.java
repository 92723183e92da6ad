package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {

    private static final String TYPES =
            "bool, int, float, str, bytes, datetime_naive, datetime_utc, date, time, duration,"
                    + " json, pointer, object, decimal(p, s), ndarray<int>, ndarray<float>, list<T>, tuple<T, ...>, map<T>,"
                    + " row<name T, ...>";

    @Test
    void readsNamesAndTypes() {
        assertThat(Schema.parse("key int, value str").columns())
                .containsExactly(new Column("key", ScalarType.INT), new Column("value", ScalarType.STR));
    }

    @Test
    void readsEveryType() {
        assertThat(Schema.parse("a bool,b int,c float,d str,e bytes,f datetime_naive,g datetime_utc")
                        .columns())
                .containsExactly(
                        new Column("a", ScalarType.BOOL),
                        new Column("b", ScalarType.INT),
                        new Column("c", ScalarType.FLOAT),
                        new Column("d", ScalarType.STR),
                        new Column("e", ScalarType.BYTES),
                        new Column("f", ScalarType.DATETIME_NAIVE),
                        new Column("g", ScalarType.DATETIME_UTC));
    }

    @Test
    void aQuestionMarkMakesATypeOptional() {
        assertThat(Schema.parse("a int?, b str ?").columns())
                .containsExactly(
                        new Column("a", new OptionalType(ScalarType.INT)),
                        new Column("b", new OptionalType(ScalarType.STR)));
    }

    @Test
    void whiteSpaceDoesNotMatter() {
        assertThat(Schema.parse("\n  a\tint ,\n  b str\n").names()).containsExactly("a", "b");
    }

    @Test
    void namesInQuotesMayHaveAnyCharacter() {
        assertThat(Schema.parse("\"a b\" int, \"say \"\"hi\"\", you\" str, \"ü?\" int")
                        .names())
                .containsExactly("a b", "say \"hi\", you", "ü?");
    }

    @Test
    void plainNamesMayHaveLettersOfAnyScriptDigitsAndSomeSigns() {
        assertThat(Schema.parse("größe int, 名前 str, _x1 int, a.b-c int, 7 int").names())
                .containsExactly("größe", "名前", "_x1", "a.b-c", "7");
    }

    @Test
    void aVeryLongNameInQuotesIsRead() {
        String name = "a ".repeat(30_000);
        assertThat(Schema.parse("\"" + name + "\" int").names()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key int, value str",
                "a bool, b int, c float, d str, e bytes, f datetime_naive, g datetime_utc",
                "a bool?, b int?, c float?, d str?, e bytes?, f datetime_naive?, g datetime_utc?",
                "\"a b\" int, \"say \"\"hi\"\"\" str?, größe int, \"a,b\" int, \"a?\" int"
            })
    void toStringIsTextThatParseReads(String text) {
        assertThat(Schema.parse(text)).hasToString(text);
        assertThat(Schema.parse(Schema.parse(text).toString())).isEqualTo(Schema.parse(text));
    }

    @Test
    void readsEveryTypeThatHoldsOthers() {
        assertThat(LiveType.parse("date")).isEqualTo(ScalarType.DATE);
        assertThat(LiveType.parse("time")).isEqualTo(ScalarType.TIME);
        assertThat(LiveType.parse("duration")).isEqualTo(ScalarType.DURATION);
        assertThat(LiveType.parse("json")).isEqualTo(ScalarType.JSON);
        assertThat(LiveType.parse("pointer")).isEqualTo(ScalarType.POINTER);
        assertThat(LiveType.parse("object")).isEqualTo(ScalarType.OBJECT);
        assertThat(LiveType.parse("decimal(38, 10)")).isEqualTo(new DecimalType(38, 10));
        assertThat(LiveType.parse("ndarray<int>")).isEqualTo(NdArrayType.INT);
        assertThat(LiveType.parse("ndarray<float>")).isEqualTo(NdArrayType.FLOAT);
        assertThat(LiveType.parse("list<int>")).isEqualTo(new ListType(ScalarType.INT));
        assertThat(LiveType.parse("tuple<>")).isEqualTo(new TupleType(List.of()));
        assertThat(LiveType.parse("tuple<int, str>")).isEqualTo(new TupleType(List.of(ScalarType.INT, ScalarType.STR)));
        assertThat(LiveType.parse("map<bytes>")).isEqualTo(new MapType(ScalarType.BYTES));
        assertThat(LiveType.parse("row<a int, \"b c\" str>"))
                .isEqualTo(new DocumentType(
                        new Schema(List.of(new Column("a", ScalarType.INT), new Column("b c", ScalarType.STR)))));
        assertThat(LiveType.parse("mixed<int, str>")).isEqualTo(new MixedType(List.of(ScalarType.INT, ScalarType.STR)));
    }

    @Test
    void aQuestionMarkStandsBehindAnyType() {
        assertThat(LiveType.parse("list<tuple<int?, map<str>?>?>?"))
                .isEqualTo(new ListType(new TupleType(
                                        List.of(ScalarType.INT.optional(), new MapType(ScalarType.STR).optional()))
                                .optional())
                        .optional());
        assertThat(LiveType.parse("row<a decimal(3,1)?>"))
                .isEqualTo(new DocumentType(new Schema(List.of(new Column("a", new DecimalType(3, 1).optional())))));
    }

    @Test
    void whiteSpaceMayStandBetweenAnySigns() {
        assertThat(
                        Schema.parse(
                                "\ta row < x\n list < int ? > ? , \"y\" decimal ( 3 , 1 ) > ? , b tuple < > , c ndarray < int >"))
                .isEqualTo(Schema.parse("a row<x list<int?>?, y decimal(3,1)>?,b tuple<>,c ndarray<int>"));
    }

    /** A word that is a type's name may be a column's. */
    @Test
    void typesNamesAreNoReservedWords() {
        assertThat(Schema.parse("list list<int>, row row<row row<int int>>, tuple str")
                        .names())
                .containsExactly("list", "row", "tuple");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a decimal(38, 0), b decimal(5, 5)?",
                "a ndarray<int>?, b list<ndarray<float>>",
                "a tuple<>, b tuple<int?, tuple<>?>",
                "a map<row<\"x y\" int, z list<str?>?>>?",
                "a mixed<int, list<str>>?"
            })
    void theTextOfNestedTypesIsReadToo(String text) {
        assertThat(Schema.parse(text)).hasToString(text);
        assertThat(Schema.parse(Schema.parse(text).toString())).isEqualTo(Schema.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a list            | expected <, but found its end",
                "a list<           | expected the type of an element of column \"a\", one of " + TYPES
                        + ", but found its end",
                "a list<>          | expected the type of an element of column \"a\", one of " + TYPES
                        + ", but found \">\"",
                "a list<int        | expected >, but found its end",
                "a list<int, str>  | expected >, but found \", str>\"",
                "a list<int>>      | expected a comma or the end, but found \">\"",
                "a list(int)       | expected <, but found \"(int)\"",
                "a list<list<in>>  | an element of an element of column \"a\" has the type \"in\", but the types are "
                        + TYPES,
                "a map<>           | expected the type of a value of column \"a\", one of " + TYPES
                        + ", but found \">\"",
                "a map<str, int>   | expected >, but found \", int>\"",
                "a tuple<int,>     | expected the type of an element of column \"a\", one of " + TYPES
                        + ", but found \">\"",
                "a row<>           | expected a field's name, but found \">\"",
                "a row<int>        | expected the type of field \"int\", one of " + TYPES + ", but found \">\"",
                "a row<x int, x b> | field \"x\" has the type \"b\", but the types are " + TYPES,
                "a ndarray         | expected <, but found its end",
                "a ndarray<>       | expected int or float for the elements of column \"a\", but found \">\"",
                "a ndarray<str>    | expected int or float for the elements of column \"a\", but found \"str>\"",
                "a ndarray<int?>   | expected >, but found \"?>\"",
                "a decimal         | expected (, but found its end",
                "a decimal()       | expected the decimal's precision, but found \")\"",
                "a decimal(5)      | expected ,, but found \")\"",
                "a decimal(5,)     | expected the decimal's scale, but found \")\"",
                "a decimal(5, 2    | expected ), but found its end",
                "a decimal(-5, 2)  | expected the decimal's precision, but found \"-5, 2)\"",
                "a decimal(0, 0)   | decimal(0, 0) is no type; expected a precision of at least 1, and a scale from 0 to the precision",
                "a decimal(2, 3)   | decimal(2, 3) is no type; expected a precision of at least 1, and a scale from 0 to the precision",
                "a mixed<int>      | expected at least two types that are not optional, found [int]",
                "a mixed<int?, str> | expected at least two types that are not optional, found [int?, str]",
            })
    void whatIsNoNestedTypeIsRefused(String text, String message) {
        assertThatThrownBy(() -> Schema.parse(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage("schema \"" + text + "\": " + message);
    }

    @Test
    void twoFieldsHaveTwoNames() {
        assertThatThrownBy(() -> Schema.parse("a row<x int, x str>"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("the schema has two columns named \"x\"");
    }

    @Test
    void aTypeAloneEndsWhereItEnds() {
        assertThatThrownBy(() -> LiveType.parse("int, str"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("schema \"int, str\": expected the end, but found \", str\"");
    }

    @Test
    void deepNestingIsAnErrorAndNoStackOverflow() {
        String deepest = "list<".repeat(100) + "int" + ">".repeat(100);
        assertThat(LiveType.parse(deepest).nesting()).isEqualTo(100);
        for (String container : List.of("list<", "map<", "tuple<", "row<x ", "mixed<int, ")) {
            for (int levels : new int[] {101, 100_000}) {
                assertThatThrownBy(() -> LiveType.parse(container.repeat(levels) + "int" + ">".repeat(levels)))
                        .isInstanceOf(MirrorException.class)
                        .hasMessage("a schema nests types more than 100 levels deep");
            }
        }
    }

    @Test
    void aNameOfManyQuotesIsRead() {
        String name = "\"a".repeat(30_000);
        Schema schema = new Schema(List.of(new Column(name, ScalarType.INT)));
        assertThat(Schema.parse(schema.toString())).isEqualTo(schema);
    }

    @Test
    void aColumnsNameCanBeAnAttributes() {
        assertThatThrownBy(() -> new Column("a\ud800", ScalarType.INT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a column has half of a surrogate pair");
        assertThatThrownBy(() -> Schema.parse("\"\udc00\" int"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("schema \"\"\udc00\" int\": the name of a column has half of a surrogate pair");
    }

    @Test
    void findsAColumnByItsName() {
        Schema schema = Schema.parse("key int, value str?");
        assertThat(schema.column("value")).contains(new Column("value", ScalarType.STR.optional()));
        assertThat(schema.column("Value")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | schema \"\": expected a column's name, but found its end",
                "`  `              | schema \"  \": expected a column's name, but found its end",
                "key               | schema \"key\": expected the type of column \"key\", one of " + TYPES
                        + ", but found its end",
                "key int,          | schema \"key int,\": expected a column's name, but found its end",
                "key int,,v str    | schema \"key int,,v str\": expected a column's name, but found \",v str\"",
                ", key int         | schema \", key int\": expected a column's name, but found \", key int\"",
                "key, v str        | schema \"key, v str\": expected the type of column \"key\", one of " + TYPES
                        + ", but found \", v str\"",
                "key int v str     | schema \"key int v str\": expected a comma or the end, but found \"v str\"",
                "key int?? , v str | schema \"key int?? , v str\": expected a comma or the end, but found \"? , v str\"",
                "key integer       | schema \"key integer\": column \"key\" has the type \"integer\", but the types are "
                        + TYPES,
                "key Int           | schema \"key Int\": column \"key\" has the type \"Int\", but the types are "
                        + TYPES,
                "\"\" int          | schema \"\"\" int\": expected a column's name, but found \"\"\" int\"",
                "\"key int         | schema \"\"key int\": expected a column's name, but found \"\"key int\"",
                "a int, b str, a s | schema \"a int, b str, a s\": column \"a\" has the type \"s\", but the types are "
                        + TYPES,
                "a int, a str      | the schema has two columns named \"a\"",
            })
    void whatIsNoSchemaIsRefused(String text, String message) {
        assertThatThrownBy(() -> Schema.parse(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    @Test
    void aSchemaHasAColumn() {
        assertThatThrownBy(() -> new Schema(List.of()))
                .isInstanceOf(MirrorException.class)
                .hasMessage("a schema needs at least one column");
    }

    @Test
    void aColumnHasAName() {
        assertThatThrownBy(() -> new Column("", ScalarType.INT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a column needs a name");
    }

    @Test
    void optionalAndRequiredGoTogether() {
        LiveType optional = ScalarType.INT.optional();
        assertThat(optional).hasToString("int?").isEqualTo(optional.optional());
        assertThat(optional.required()).isEqualTo(ScalarType.INT);
        assertThat(optional.isOptional()).isTrue();
        assertThat(ScalarType.INT.isOptional()).isFalse();
        assertThat(ScalarType.INT.required()).isEqualTo(ScalarType.INT);
        assertThatThrownBy(() -> new OptionalType(optional))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("int? is optional already");
    }
}
