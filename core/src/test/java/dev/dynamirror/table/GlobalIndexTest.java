package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobalIndexTest {

    @Test
    void textBecomesIndexes() {
        assertThat(GlobalIndex.parse("by-customer(customer, at), by.day ( day )keys_only,by_it(\"the \"\"item\"\"\")"
                        + " include(price, \"a note\"), all-of-it(x) ALL"))
                .containsExactly(
                        GlobalIndex.of("by-customer", "customer", "at"),
                        new GlobalIndex("by.day", "day", null, GlobalIndex.Projection.KEYS_ONLY, List.of()),
                        new GlobalIndex(
                                "by_it",
                                "the \"item\"",
                                null,
                                GlobalIndex.Projection.INCLUDE,
                                List.of("price", "a note")),
                        GlobalIndex.of("all-of-it", "x", null));
    }

    @Test
    void indexesBecomeTheSameText() {
        String text =
                "by-customer(customer, at), by.day(day) keys_only, by_it(\"the \"\"item\"\"\") include(price, \"a note\")";
        assertThat(TableSettings.indexesText(GlobalIndex.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected the name of an index, but found its end",
                "by-day | expected ( and the column that is the partition key of the index by-day, but found its end",
                "by-day() | expected the column that is the partition key of the index by-day, but found \")\"",
                "by-day(a, b, c) | expected a partition key and at most one sort key of the index by-day, but found"
                        + " \"(a, b, c)\"",
                "by-day(a b) | expected a comma or ), but found \"b)\"",
                "by-day(a) some | expected all, keys_only, include(…), a comma or the end, but found \"some\"",
                "by-day(a) keys_only; by-it(b) | expected a comma or the end, but found \"; by-it(b)\"",
                "by-day(a) include | expected ( and an attribute that the index by-day includes, but found its end",
            })
    void textThatIsNoneSaysWhere(String text, String message) {
        assertThatThrownBy(() -> GlobalIndex.parse(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage("global-indexes \"" + text + "\": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ab(a) | \"ab\" is no name of an index; expected 3 to 255 of the characters a-z, A-Z, 0-9, _, - and .",
                "täg(a) | \"täg\" is no name of an index; expected 3 to 255 of the characters a-z, A-Z, 0-9, _, - and .",
                "by-day(a, a) | the index by-day has the column \"a\" as partition key and as sort key; they must be two"
                        + " columns",
            })
    void anIndexIsOneThatDynamoDbTakes(String text, String message) {
        assertThatThrownBy(() -> GlobalIndex.parse(text))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsIncludedIsNamed() {
        assertThatThrownBy(() -> new GlobalIndex("by-day", "day", null, GlobalIndex.Projection.INCLUDE, List.of()))
                .hasMessage("the index by-day includes attributes, but names none");
        assertThatThrownBy(() -> new GlobalIndex("by-day", "day", null, GlobalIndex.Projection.ALL, List.of("a")))
                .hasMessage("the index by-day names attributes, but its projection is not include");
        assertThatThrownBy(() -> GlobalIndex.of("by-day", "", null))
                .hasMessage("the index by-day has a key whose name is empty");
    }
}
