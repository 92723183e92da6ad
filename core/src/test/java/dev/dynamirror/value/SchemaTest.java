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
