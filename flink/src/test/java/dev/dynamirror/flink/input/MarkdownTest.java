package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Schema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void columnsAreSplitOnPipesOrWhiteSpace() {
        LiveRows rows = Markdown.table("""
                key | value
                1   | Hello
                2     World
                """).rows();

        assertThat(rows.schema()).hasToString("key int, value str");
        assertThat(rows.changes()).containsExactly(insert(1L, "Hello"), insert(2L, "World"));
        assertThat(rows.insertOnly()).isTrue();
    }

    @Test
    void aTableMayBeIndentedAndHaveBlankLines() {
        LiveRows rows = Markdown.table("\n\n    key value\r\n\r\n    1\ta\r\n  \n    2   b")
                .rows();

        assertThat(rows.changes()).containsExactly(insert(1L, "a"), insert(2L, "b"));
    }

    @Test
    void onPipesOnlyCellsHoldWhiteSpaceAndEscapedPipes() {
        LiveRows rows = Markdown.table("""
                key | full name
                1   | Ada Lovelace
                2   | a \\| b
                3   | \\|\\
                """).splitOnPipesOnly().rows();

        assertThat(rows.schema()).hasToString("key int, \"full name\" str");
        assertThat(rows.changes()).containsExactly(insert(1L, "Ada Lovelace"), insert(2L, "a | b"), insert(3L, "|\\"));
    }

    @Test
    void anEscapedPipeIsPartOfTheCellWhereWhiteSpaceSplitsToo() {
        assertThat(Markdown.table("a b\n1 x\\|y").rows().changes()).containsExactly(insert(1L, "x|y"));
    }

    @Test
    void quotesArePartOfTheCell() {
        assertThat(Markdown.table("a\n\"x\"").rows().changes()).containsExactly(insert("\"x\""));
    }

    @Test
    void pipesAroundTheLinesAreNoCells() {
        LiveRows rows = Markdown.table("""
                | key | value |
                | --- | :---: |
                | 1   | Hello |
                | 2   |       |
                | 3   |
                | 4   | Hi
                """).rows();

        assertThat(rows.schema()).hasToString("key int, value str?");
        assertThat(rows.changes())
                .containsExactly(insert(1L, "Hello"), insert(2L, null), insert(3L, null), insert(4L, "Hi"));
    }

    @Test
    void aPipeAtTheEndOfARowIsNoCell() {
        assertThat(Markdown.table("key | value |\n1 | a |\n2 | b").rows().changes())
                .containsExactly(insert(1L, "a"), insert(2L, "b"));
        assertThat(Markdown.table("key | value\n1 | a |\n2 |").rows().changes())
                .containsExactly(insert(1L, "a"), insert(2L, null));
    }

    @Test
    void aRowMayBeginWithAnAbsentValue() {
        LiveRows rows = Markdown.table("key | value\n1 | a\n | b").rows();

        assertThat(rows.schema()).hasToString("key int?, value str");
        assertThat(rows.changes()).containsExactly(insert(1L, "a"), insert(null, "b"));
    }

    @Test
    void linesOfDashesAreSkipped() {
        LiveRows rows = Markdown.table("""
                +-----+-------+
                | key | value |
                +-----+-------+
                |   1 | a     |
                |-----|-------|
                |   2 | b     |
                +-----+-------+
                """).rows();

        assertThat(rows.changes()).containsExactly(insert(1L, "a"), insert(2L, "b"));
    }

    @Test
    void oneDashIsALineOfDashesOnlyBelowTheHeader() {
        assertThat(Markdown.table("sign\n-\n-\n+\n--").rows().changes())
                .containsExactly(insert("-"), insert("+"), insert("--"));
        assertThat(Markdown.table("sign\n---\n-\n+").rows().changes()).containsExactly(insert("-"), insert("+"));
    }

    @Test
    void typesAreInferred() {
        LiveRows rows = Markdown.table("""
                i   | f    | b     | s    | mixed | zip   | phone  | large                | none
                1   | 1.5  | true  | x    | 1     | 00501 | +49301 | 9223372036854775808  | None
                -2  | 2    | False | 1x   | true  | 10001 | 30     | 1                    | None
                0   | 1e5  | TRUE  | nan  | 1.5   | 1     | 1      | 1                    | None
                """).rows();

        assertThat(rows.schema())
                .hasToString("i int, f float, b bool, s str, mixed str, zip str, phone str, large str, none str?");
        assertThat(rows.changes())
                .containsExactly(
                        insert(1L, 1.5, true, "x", "1", "00501", "+49301", "9223372036854775808", null),
                        insert(-2L, 2.0, false, "1x", "true", "10001", "30", "1", null),
                        insert(0L, 1e5, true, "nan", "1.5", "1", "1", "1", null));
    }

    @Test
    void onlyEmptyCellsAndNoneAreAbsent() {
        LiveRows rows = Markdown.table("""
                key  | value
                1    | None
                None | NA
                     | NULL
                """).rows();

        assertThat(rows.schema()).hasToString("key int?, value str?");
        assertThat(rows.changes()).containsExactly(insert(1L, null), insert(null, "NA"), insert(null, "NULL"));
    }

    @Test
    void aSchemaGivesTypesAndOrder() {
        LiveRows rows = Markdown.table("""
                data | value | key  | naive                         | utc
                AQI= | 7     | 007  | 2025-01-17 10:30:00.123456789 | 2025-01-17T10:30+02:00
                None | None  | +5   | 2025-01-17T00:00              | 2025-01-17T00:00:00.5+0000
                """)
                .splitOnPipesOnly()
                .schema("key int, value str?, data bytes?, naive datetime_naive, utc datetime_utc")
                .rows();

        assertThat(rows.changes())
                .containsExactly(
                        insert(
                                7L,
                                "7",
                                new byte[] {1, 2},
                                LocalDateTime.parse("2025-01-17T10:30:00.123456789"),
                                Instant.parse("2025-01-17T08:30:00Z")),
                        insert(
                                5L,
                                null,
                                null,
                                LocalDateTime.parse("2025-01-17T00:00:00"),
                                Instant.parse("2025-01-17T00:00:00.5Z")));
    }

    @Test
    void aTableWithoutRowsHasColumnsOfStr() {
        LiveRows rows = Markdown.table("| key | value |").rows();

        assertThat(rows.schema()).hasToString("key str, value str");
        assertThat(rows.changes()).isEmpty();
        assertThat(rows.insertOnly()).isTrue();
    }

    @Test
    void namesMayBeOfAnyScript() {
        assertThat(Markdown.table("Größe 名\n1 é").rows().schema()).hasToString("Größe int, 名 str");
    }

    // Identity

    @Test
    void anUnnamedFirstColumnIsTheIdentityAndNoColumn() {
        LiveRows rows = Markdown.table("""
                      | key | value
                    7 | 1   | a
                    8 | 2   | b
                """).rows();

        assertThat(rows.schema()).hasToString("key int, value str");
        assertThat(rows.changes()).containsExactly(insert(1L, "a"), insert(2L, "b"));
    }

    @Test
    void anUnnamedFirstColumnMayStandWithinPipes() {
        assertThat(Markdown.table("|   | key |\n|---|-----|\n| a | 1   |")
                        .rows()
                        .changes())
                .containsExactly(insert(1L));
    }

    @Test
    void idIsTheIdentityWhereverItStands() {
        assertThat(Markdown.table("key | id | value\n1 | 7 | a").rows().schema())
                .hasToString("key int, value str");
    }

    @Test
    void idIsAColumnIfTheSchemaNamesIt() {
        LiveRows rows = Markdown.table("id | value\n1 | a\n1 | b")
                .schema("id int, value str")
                .rows();

        assertThat(rows.changes()).containsExactly(insert(1L, "a"), insert(1L, "b"));
    }

    @Test
    void idIsAColumnBesideAnUnnamedIdentity() {
        assertThat(Markdown.table(" | id\n7 | 1").rows().schema()).hasToString("id int");
    }

    @Test
    void anIdentityLivesOnce() {
        assertError(
                "id | key\n7 | 1\n7 | 2", "line 3: the identity \"7\" is that of the row in line 2, which still lives");
        assertError(" | key\n7 | 1\n | 2", "line 3: the row's identity, its cell in the column \"id\", is missing");
    }

    @Test
    void aTableOfAnIdentityAloneHasNoColumns() {
        assertError(
                "id\n1",
                "line 1: the table has no columns, only id; \"id\" is the row's identity, unless a schema names it as a"
                        + " column");
    }

    // Changes

    @Test
    void changesAreInOrderOfTimeAndAnUpdatesNewRowIsFirst() {
        LiveRows rows = Markdown.table("""
                key | value | __time__ | __diff__
                1   | Salut | 4        | 1
                1   | Hello | 4        | -1
                1   | Hello | 2        | 1
                2   | World | 3        | +1
                2   | World | 5        | -1
                2   | Monde | 5        | 1
                1   | Salut | 10       | -1
                """).rows();

        assertThat(rows.schema()).hasToString("key int, value str");
        assertThat(rows.changes())
                .containsExactly(
                        insert(1L, "Hello"),
                        insert(2L, "World"),
                        insert(1L, "Salut"),
                        delete(1L, "Hello"),
                        insert(2L, "Monde"),
                        delete(2L, "World"),
                        delete(1L, "Salut"));
        assertThat(rows.insertOnly()).isFalse();
    }

    @Test
    void timeAloneOrdersInsertions() {
        assertThat(Markdown.table("a __time__\n1 3\n2 0\n3 3\n4 1").rows().changes())
                .containsExactly(insert(2L), insert(4L), insert(1L), insert(3L));
    }

    @Test
    void equalRowsOfOneTimeCancelOut() {
        LiveRows rows = Markdown.table("""
                a | __diff__ | __time__
                1 | -1       | 2
                1 | 1        | 2
                2 | 1        | 2
                2 | 1        | 2
                2 | -1       | 2
                """).rows();

        assertThat(rows.changes()).containsExactly(insert(2L));
        assertThat(rows.insertOnly()).isTrue();
    }

    @Test
    void equalRowsOfOneTimeCancelOutWhoeverTheyAre() {
        LiveRows rows = Markdown.table("""
                id | a | __time__ | __diff__
                x  | 1 | 2        | 1
                x  | 1 | 4        | -1
                y  | 1 | 4        | 1
                y  | 1 | 6        | -1
                x  | 2 | 6        | 1
                """).rows();

        assertThat(rows.changes()).containsExactly(insert(1L), insert(2L), delete(1L));
    }

    @Test
    void anIdentityMayMoveToAnotherRowAtOneTime() {
        assertThat(Markdown.table("id a __time__ __diff__\nx 1 2 1\nx 2 4 1\nx 1 4 -1")
                        .rows()
                        .changes())
                .containsExactly(insert(1L), insert(2L), delete(1L));
    }

    @Test
    void aRowThatDoesNotLiveCanNotGo() {
        assertError("a __diff__\n1 1\n2 -1", "line 3: there is no such row to delete");
        assertError("a __time__ __diff__\n1 4 1\n1 2 -1", "line 3: there is no such row to delete at time 2");
        assertError("a __time__ __diff__\n1 2 1\n1 4 -1\n1 6 -1", "line 4: there is no such row to delete at time 6");
        assertError("id a __time__ __diff__\nx 1 2 1\ny 1 4 -1", "line 3: there is no such row to delete at time 4");
    }

    @Test
    void equalRowsGoOneByOne() {
        assertThat(Markdown.table("a __time__ __diff__\n1 2 1\n1 2 1\n1 4 -1\n1 6 -1")
                        .rows()
                        .changes())
                .containsExactly(insert(1L), insert(1L), delete(1L), delete(1L));
    }

    @Test
    void equalBytesAreEqualRows() {
        assertThat(Markdown.table("a __time__ __diff__\nAQI= 2 1\nAQI= 4 -1")
                        .schema("a bytes")
                        .rows()
                        .changes())
                .containsExactly(insert(new byte[] {1, 2}), delete(new byte[] {1, 2}));
    }

    @Test
    void timeAndDiffAreChecked() {
        assertError(
                "a __time__\n1 x",
                "line 2, column \"__time__\": expected an int that is not negative, but found \"x\"");
        assertError(
                "a __time__\n1 -2",
                "line 2, column \"__time__\": expected an int that is not negative, but found \"-2\"");
        assertError(
                "a | __time__\n1 |",
                "line 2, column \"__time__\": expected an int that is not negative, but found \"\"");
        assertError(
                "a __diff__\n1 2",
                "line 2, column \"__diff__\": expected 1 (the row comes) or -1 (it goes), but found \"2\"");
    }

    // Errors

    @Test
    void aCellOfAnotherTypeIsAnErrorAtItsPlace() {
        assertError(
                "\nname | age\n\nAda | 36\nBob | abc\n",
                "name str, age int",
                "line 5, column \"age\": expected an int, but found \"abc\"");
        assertError(
                "age\nNone",
                "age int",
                "line 2, column \"age\": expected an int, but the value is absent, which only the type \"int?\" allows");
    }

    @Test
    void aRowNeedsAsManyCellsAsTheHeader() {
        assertError(
                "key | value\n1 | a\n2 | b c",
                "line 3: expected 2 cells (key, value), but found 3; white space separates cells too, unless the table"
                        + " is split on pipes only");
        assertError("key | value\n1", "line 2: expected 2 cells (key, value), but found 1");
        assertThatThrownBy(() -> Markdown.table("key | value\n1 | a | b")
                        .splitOnPipesOnly()
                        .rows())
                .isInstanceOf(MirrorException.class)
                .hasMessage("line 2: expected 2 cells (key, value), but found 3");
    }

    @Test
    void aTableNeedsAHeader() {
        assertError("", "there is no table, which would begin with a line of column names");
        assertError("\n  \n---\n", "there is no table, which would begin with a line of column names");
        assertError("|", "line 1: the table has no columns");
        assertError("__time__\n1", "line 1: the table has no columns, only __time__");
    }

    @Test
    void namesAreUniqueAndThere() {
        assertError("a | b | a", "line 1: two columns are named \"a\"");
        assertError("a | | b\n1 | 2 | 3", "line 1: column 2 has no name, which only the first may lack");
    }

    @Test
    void aSchemaNamesExactlyTheColumns() {
        assertError(
                "\nkey | name\n1 | a",
                "key int, value str",
                "line 2: the table's columns are not those of the schema: \"value\" is missing, \"name\" is not in the"
                        + " schema");
    }

    @Test
    void aSchemaThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Markdown.table("a\n1").schema("a number"))
                .isInstanceOf(MirrorException.class)
                .hasMessageContaining("column \"a\" has the type \"number\"");
    }

    @Test
    void rowsWithNestedBytesGoAsTheyHaveCome() {
        List<Row> changes = Markdown.table("""
                        | t              | __time__ | __diff__ |
                        | [["AQ=="], {}] | 0        | 1        |
                        | [["AQ=="], {}] | 2        | -1       |
                        """)
                .splitOnPipesOnly()
                .schema(Schema.parse("t tuple<list<bytes>, map<bytes>>"))
                .rows()
                .changes();

        assertThat(changes).extracting(Row::getKind).containsExactly(RowKind.INSERT, RowKind.DELETE);
    }

    @Test
    void textsOfErrorsAreShortAndOnOneLine() {
        String longText = "x".repeat(100);
        assertError(
                "a\n" + longText,
                "a int",
                "line 2, column \"a\": expected an int, but found \"" + "x".repeat(60) + "…\"");
    }

    private static void assertError(String text, String message) {
        assertThatThrownBy(() -> Markdown.table(text).rows())
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    private static void assertError(String text, String schema, String message) {
        assertThatThrownBy(() -> Markdown.table(text).schema(schema).rows())
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    private static Row insert(@Nullable Object... values) {
        return Row.ofKind(RowKind.INSERT, values);
    }

    private static Row delete(@Nullable Object... values) {
        return Row.ofKind(RowKind.DELETE, values);
    }
}
