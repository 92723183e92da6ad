package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null                                       | null",
                "true                                       | true",
                "` \n 1 \t`                                 | 1",
                "{ \"b\" : 1 , \"a\" : [ 1 , { } ] }        | {\"b\":1,\"a\":[1,{}]}",
                "[ ]                                        | []",
                "{}                                         | {}",
                "\"\"                                       | \"\"",
                "\" a b \"                                  | \" a b \"",
                "1.0                                        | 1.0",
                "1E5                                        | 1E5",
                "1e+05                                      | 1e+05",
                "-0                                         | -0",
                "-0.00                                      | -0.00",
                "1E1000000000                               | 1E1000000000",
                "123456789012345678901234567890123456789012 | 123456789012345678901234567890123456789012",
                "0.1234567890123456789012345678901234567890 | 0.1234567890123456789012345678901234567890",
                "\"\\u00e4\\/\\u007f\"                      | \"ä/\u007f\"",
                "\"\\ud83d\\ude00\"                         | \"😀\"",
                "\"\\u0000\\u001F\"                         | \"\\u0000\\u001f\"",
                "\"\\b\\f\\n\\r\\t\\\"\\\\\"                | \"\\b\\f\\n\\r\\t\\\"\\\\\"",
                "{\"\":1,\"\\n\":2}                         | {\"\":1,\"\\n\":2}",
                "{\"a\":1,\"a\":2}                          | {\"a\":1,\"a\":2}",
            })
    void theTextIsCompactAndNothingElseChanges(String text, String compact) {
        assertThat(Json.parse(text)).hasToString(compact).isEqualTo(Json.parse(compact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "nul",
                "NaN",
                "Infinity",
                "+1",
                "01",
                "1.",
                ".5",
                "1 2",
                "1,2",
                "[1,]",
                "[1",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "'a'",
                "\"a",
                "\"\n\"",
                "\"\\x\"",
                "]",
                "// comment\n1",
                "\ufeff1"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not valid JSON: ");
    }

    @Test
    void theErrorSaysWhere() {
        assertThatThrownBy(() -> Json.parse("[1,]"))
                .hasMessage("not valid JSON: Unexpected character (']' (code 93)): expected a valid value (JSON String,"
                        + " Number, Array, Object or token 'null', 'true' or 'false') at character 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\\ud800\"", "{\"\\ud800\":1}"})
    void halfASurrogatePairIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the JSON's string has half of a surrogate pair");
    }

    @Test
    void nestingHasALimitAndTheStackHasRoom() {
        String deepest = "[".repeat(1000) + "]".repeat(1000);
        assertThat(Json.parse(deepest)).hasToString(deepest);
        for (int levels : new int[] {1001, 1_000_000}) {
            assertThatThrownBy(() -> Json.parse("[".repeat(levels) + "]".repeat(levels)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "not valid JSON: Document nesting depth (1001) exceeds the maximum allowed");
        }
    }

    @Test
    void namesNumbersAndStringsHaveAnyLength() {
        String name = "{\"" + "n".repeat(100_000) + "\":1}";
        assertThat(Json.parse(name)).hasToString(name);
        String digits = "1".repeat(100_000);
        assertThat(Json.parse(digits)).hasToString(digits);
        String string = "\"" + "s".repeat(100_000) + "\"";
        assertThat(Json.parse(string)).hasToString(string);
    }

    /** Names with one hash made the parser's table of names give up with an error of its own. */
    @Test
    void manyNamesWithOneHashAreRead() {
        String names = IntStream.range(0, 1 << 12)
                .mapToObj(i ->
                        Integer.toBinaryString(i | 1 << 12).replace("0", "Aa").replace("1", "BB"))
                .map(name -> "\"" + name + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(Json.parse(names)).hasToString(names);
    }
}
