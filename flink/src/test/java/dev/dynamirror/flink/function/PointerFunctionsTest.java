package dev.dynamirror.flink.function;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;
import static org.apache.flink.table.api.Expressions.nullOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.flink.Embedded;
import dev.dynamirror.flink.Live;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerFunctionsTest {

    private final StreamExecutionEnvironment environment = Embedded.environment(1);
    private final Live live = Live.create(environment);
    private final StreamTableEnvironment tables = live.tableEnvironment();

    @Test
    void literalsHaveThePointersOfPathway() {
        Map<String, Pointer> calls = new LinkedHashMap<>();
        calls.put("POINTER_OF(42)", Pointer.parse("^Z5QKEQCDK9ZZ6TSYV0PM0G92JC"));
        calls.put("POINTER_OF(1)", Pointer.parse("^YYY4HABTRW7T8VX2Q429ZYV70W"));
        calls.put("POINTER_OF()", Pointer.parse("^PWSRT420000000000000000000"));
        calls.put("POINTER_OF(CAST(42 AS TINYINT))", Pointer.of(42));
        calls.put("POINTER_OF(CAST(42 AS SMALLINT))", Pointer.of(42));
        calls.put("POINTER_OF(CAST(42 AS BIGINT))", Pointer.of(42));
        calls.put("POINTER_OF(1, 'a')", Pointer.of(1, "a"));
        calls.put("POINTER_OF('')", Pointer.of(""));
        calls.put("POINTER_OF('é😀')", Pointer.of("é😀"));
        calls.put("POINTER_OF(TRUE, FALSE)", Pointer.of(true, false));
        calls.put("POINTER_OF(1.5e0)", Pointer.of(1.5));
        calls.put("POINTER_OF(CAST(1.5 AS FLOAT))", Pointer.of(1.5));
        calls.put("POINTER_OF(X'00ff')", Pointer.of((Object) new byte[] {0, -1}));
        calls.put(
                "POINTER_OF(TIMESTAMP '2025-01-17 01:02:03.123456789')",
                Pointer.of(LocalDateTime.parse("2025-01-17T01:02:03.123456789")));
        calls.put("POINTER_OF(TO_TIMESTAMP_LTZ(1500, 3))", Pointer.of(Instant.ofEpochMilli(1500)));
        calls.put("POINTER_OF(INTERVAL '-1.5' SECOND)", Pointer.of(Duration.ofMillis(-1500)));
        calls.put("POINTER_OF(NULL)", Pointer.of((Object) null));
        calls.put("POINTER_OF(1, NULL, CAST(NULL AS STRING))", Pointer.of(1, null, null));
        calls.put("POINTER_OF(ARRAY[1, 2])", Pointer.of(Tuple.of(1, 2)));
        calls.put("POINTER_OF(ROW(1, 'a'))", Pointer.of(Tuple.of(1, "a")));
        calls.put(
                "POINTER_OF(CAST(ROW(1, ROW('a')) AS ROW<x INT, y ROW<z STRING>>))",
                Pointer.of(Tuple.of(1, Tuple.of("a"))));
        calls.put("POINTER_OF(PARSE_JSON('{\"a\":[1,null]}'))", Pointer.of(Json.parse("{\"a\":[1,null]}")));
        calls.put("POINTER_OF(POINTER('^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'))", Pointer.of(Pointer.of(42)));
        calls.put("POINTER_OF('^Z5QKEQCDK9ZZ6TSYV0PM0G92JC')", Pointer.of("^Z5QKEQCDK9ZZ6TSYV0PM0G92JC"));
        calls.put("POINTER_OF(POINTER(CAST(NULL AS STRING)))", Pointer.of((Object) null));
        calls.put("pointer_of(pointer(pointer_of(42)), 1)", Pointer.of(Pointer.of(42), 1));

        Row row = only(tables.sqlQuery("SELECT " + String.join(", ", calls.keySet())));

        List<String> names = List.copyOf(calls.keySet());
        for (int i = 0; i < names.size(); i++) {
            assertThat(row.getField(i)).as(names.get(i)).isEqualTo(String.valueOf(calls.get(names.get(i))));
        }
    }

    @Test
    void columnsOfLiveTablesHaveThePointersOfTheirValues() {
        Schema schema = Schema.parse("p pointer, j json, d duration, grid ndarray<float>, ints ndarray<int>,"
                + " pairs list<tuple<pointer, str?>>, absent json?, f float");
        @Nullable
        Object[] values = {
            Pointer.of(42),
            Json.parse("{\"b\": 1.0, \"a\": \"é\"}"),
            Duration.ofNanos(-5),
            NdArray.of(new long[] {1, 2}, new double[] {0.5, -0.0}),
            NdArray.of(new long[] {0}, new long[0]),
            List.of(Tuple.of(Pointer.of(1), null)),
            null,
            Double.NaN
        };
        tables.createTemporaryView("t", live.tableFromRows(schema, Row.of(values)));

        assertThat(only(tables.sqlQuery("SELECT POINTER_OF(p, j, d, grid, ints, pairs, absent, f), POINTER_OF(p),"
                        + " POINTER_OF(), POINTER_OF(t.p, NULL) FROM t WHERE p = POINTER('" + Pointer.of(42) + "')")))
                .isEqualTo(Row.of(
                        Pointer.of(values).toString(),
                        Pointer.of(Pointer.of(42)).toString(),
                        Pointer.of().toString(),
                        Pointer.of(Pointer.of(42), null).toString()));
        assertThat(only(tables.from("t")
                        .select(
                                call("POINTER_OF", $("p"), nullOf(DataTypes.BIGINT()), 42),
                                call(new PointerOf(), $("d")),
                                call("POINTER", call("POINTER_OF", 42)))))
                .isEqualTo(Row.of(
                        Pointer.of(Pointer.of(42), null, 42).toString(),
                        Pointer.of(Duration.ofNanos(-5)).toString(),
                        Pointer.of(42)));
    }

    @Test
    void theFunctionsCanBeDeclaredInSql() {
        StreamTableEnvironment others = StreamTableEnvironment.create(environment);
        others.executeSql("CREATE TEMPORARY FUNCTION pointer_of AS 'dev.dynamirror.flink.function.PointerOf'");
        others.executeSql(
                "CREATE TEMPORARY SYSTEM FUNCTION pointer AS 'dev.dynamirror.flink.function.PointerFromText'");

        assertThat(only(others.sqlQuery(
                        "SELECT POINTER_OF(POINTER(x), n) FROM (VALUES (POINTER_OF(42), 7)) AS t (x, n)")))
                .isEqualTo(Row.of(Pointer.of(Pointer.of(42), 7).toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5                        | DECIMAL(2, 1)",
                "DATE '2025-01-17'          | DATE",
                "TIME '01:02:03'            | TIME(0)",
                "MAP['a', 1]                | MAP<CHAR(1) NOT NULL, INT NOT NULL>",
                "INTERVAL '1' MONTH         | INTERVAL MONTH",
                "ARRAY[DATE '2025-01-17']   | ARRAY<DATE NOT NULL>",
                "ROW(1, 1.5)                | ROW<`EXPR$0` INT NOT NULL, `EXPR$1` DECIMAL(2, 1) NOT NULL>",
            })
    void valuesWithoutAPointerAreRefusedWhenTheQueryIsPlanned(String argument, String type) {
        assertThatThrownBy(() -> tables.sqlQuery("SELECT POINTER_OF(1, " + argument + ")"))
                .hasStackTraceContaining("POINTER_OF can't make a pointer of a value of the type " + type
                        + "; cast it to a type that Pathway has, like DOUBLE, TIMESTAMP or STRING");
    }

    @Test
    void valuesThatHaveNoPointerFailTheJob() {
        assertThatThrownBy(() -> only(tables.sqlQuery("SELECT POINTER(x) FROM (VALUES ('a'), ('b')) AS t (x)")))
                .hasStackTraceContaining("POINTER: \"a\" is no pointer; expected ^ and 26 characters, like"
                        + " ^00000000000000000000000000");
        assertThatThrownBy(() -> only(tables.sqlQuery(
                        "SELECT POINTER_OF(x) FROM (VALUES (TIMESTAMP '3000-01-01 00:00:00')) AS t (x)")))
                .hasStackTraceContaining("POINTER_OF: a pointer can't be made of 3000-01-01T00:00, which doesn't fit in"
                        + " 64 bits of nanoseconds");
    }

    private static Row only(Table table) {
        List<Row> rows = CollectionUtil.iteratorToList(table.execute().collect());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
