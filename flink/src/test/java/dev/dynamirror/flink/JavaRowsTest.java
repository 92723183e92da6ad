package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.LiveRows;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class JavaRowsTest {

    private static final Schema GREETINGS = Schema.parse("key int, value str?");

    @Test
    void valuesAreTakenAsTheSchemaHasThem() {
        Schema schema = Schema.parse(
                "i int, f float, b bool, s str, bytes bytes, naive datetime_naive, utc datetime_utc, absent int?");
        LocalDateTime naive = LocalDateTime.parse("2025-01-17T00:00:00");
        Instant utc = Instant.parse("2025-01-17T00:00:00Z");
        byte[] bytes = {1, 2};

        LiveRows rows = JavaRows.check(schema, List.of(Row.of((short) 1, 0.1f, true, "", bytes, naive, utc, null)));

        assertThat(rows.changes()).containsExactly(Row.of(1L, 0.1, true, "", bytes, naive, utc, null));
    }

    @Test
    void rowsMayNameTheirColumns() {
        Row named = Row.withNames();
        named.setField("value", "Hello");
        named.setField("key", 1);
        Row withoutValue = Row.withNames();
        withoutValue.setField("key", 2);

        assertThat(JavaRows.check(GREETINGS, List.of(named, withoutValue)).changes())
                .containsExactly(Row.of(1L, "Hello"), Row.of(2L, null));
    }

    @Test
    void updatesAreARemovalAndAnInsertion() {
        LiveRows rows = JavaRows.check(
                GREETINGS,
                List.of(
                        Row.of(1, "Hello"),
                        Row.ofKind(RowKind.UPDATE_BEFORE, 1, "Hello"),
                        Row.ofKind(RowKind.UPDATE_AFTER, 1, "Salut"),
                        Row.ofKind(RowKind.DELETE, 1, "Salut")));

        assertThat(rows.insertOnly()).isFalse();
        assertThat(rows.changes())
                .containsExactly(
                        Row.of(1L, "Hello"),
                        Row.ofKind(RowKind.DELETE, 1L, "Hello"),
                        Row.of(1L, "Salut"),
                        Row.ofKind(RowKind.DELETE, 1L, "Salut"));
    }

    @Test
    void aRowIsRemovedAsOftenAsItIsThere() {
        Row gone = Row.ofKind(RowKind.DELETE, 1, "Hello");
        List<Row> twice = List.of(Row.of(1, "Hello"), Row.of(1, "Hello"), gone, gone);
        assertThat(JavaRows.check(GREETINGS, twice).changes()).hasSize(4);

        assertRefused("row 3 removes +I[1, Hello], which is not there", Row.of(1, "Hello"), gone, gone);
        assertRefused("row 2 removes +I[1, Hello], which is not there", Row.of(1, "Salut"), gone);
    }

    @Test
    void rowsAreComparedByTheirContents() {
        Schema schema = Schema.parse("t tuple<list<bytes>, map<bytes>>, l list<tuple<bytes>>");
        List<Row> rows = new ArrayList<>();
        for (RowKind kind : List.of(RowKind.INSERT, RowKind.DELETE)) {
            Tuple tuple = Tuple.of(List.of(new byte[] {1}), Map.of("a", new byte[] {2}));
            rows.add(Row.ofKind(kind, tuple, List.of(Tuple.of(new byte[] {3}))));
        }

        assertThat(JavaRows.check(schema, rows).changes()).hasSize(2);
    }

    @Test
    void rowsOfFlinkAreTuplesAndDocuments() {
        Schema schema = Schema.parse("t tuple<int, tuple<str>>, r row<x list<tuple<int>>>");
        Row named = Row.withNames();
        named.setField("x", List.of(Row.of(1)));

        assertThat(JavaRows.check(schema, List.of(Row.of(Tuple.of(1, Row.of("a")), named)))
                        .changes())
                .containsExactly(Row.of(Tuple.of(1L, Tuple.of("a")), Map.of("x", List.of(Tuple.of(1L)))));
    }

    @Test
    void whatDoesNotFitTheSchemaIsRefused() {
        assertRefused(
                "row 2, column \"key\": expected a value of the type int, but found one of java.lang.String",
                Row.of(1, "Hello"),
                Row.of("one", "World"));
        assertRefused(
                "row 1, column \"key\": the value is absent, and the type int is not optional; declare it as int?",
                Row.of(null, "Hello"));
        assertRefused(
                "row 1 has 3 values, but the schema has 2 columns: key int, value str?", Row.of(1, "Hello", "extra"));
        Row named = Row.withNames();
        named.setField("kye", 1);
        assertRefused("row 1 has the columns [kye], but the schema is: key int, value str?", named);
    }

    private static void assertRefused(String message, Row... rows) {
        assertThatThrownBy(() -> JavaRows.check(GREETINGS, List.of(rows)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }
}
