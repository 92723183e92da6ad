package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.flink.input.Markdown;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of every live type on their way from the program, or from Flink's own types, through a job into DynamoDB. */
@WithLocalDynamoDb
class EveryTypeTest {

    private static final String OBJECT =
            Base64.getEncoder().encodeToString(ObjectWrapper.of(List.of("a", 1)).toBytes());

    private static final Schema KEYED = Schema.parse("k pointer, id int, p pointer, j json?, d duration, o object,"
            + " g ndarray<int>, l list<tuple<pointer, str?>>, m map<duration>, r row<x json, y bytes>");

    private final LocalDynamoDb database;
    private final Live live = Live.create(Embedded.environment(2));

    EveryTypeTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void everyTypeOfALiveTable(@TableName String table) throws InterruptedException {
        Schema schema = Schema.parse("id int, b bool?, i int?, f float?, d decimal(38, 10)?, s str?, y bytes?,"
                + " n datetime_naive?, u datetime_utc?, da date?, ti time?, du duration?, j json?, p pointer?, o object?,"
                + " ai ndarray<int>?, af ndarray<float>?, t tuple<int, tuple<str?, json>>?, e tuple<>?,"
                + " l list<tuple<ndarray<float>, str?>>?, m map<row<x int?, y list<pointer>>>?,"
                + " r row<a duration, \"a b\" decimal(3, 1)?>?");
        Object nested = map("two", map("y", List.of(Pointer.of(1))), "one", map("x", 1, "y", List.of()));
        Row row = Row.withNames();
        row.setField("a", Duration.ofNanos(-1));
        row.setField("a b", new BigDecimal("1.5"));

        live.write(
                live.tableFromRows(
                        schema,
                        Row.of(
                                1,
                                true,
                                (byte) -1,
                                0.1f,
                                7,
                                "é😀",
                                new byte[] {1, 2, 3},
                                LocalDateTime.parse("2025-01-17T01:02:03.123456789"),
                                Instant.parse("2025-01-17T01:02:03.123456789Z"),
                                LocalDate.parse("2025-01-17"),
                                LocalTime.parse("10:30:00.123"),
                                Duration.ofDays(5),
                                Json.parse("{ \"b\" : 1.0, \"a\" : [ ] }"),
                                Pointer.of(42),
                                ObjectWrapper.of(List.of("a", 1)),
                                NdArray.of(new long[] {1, 2}, new long[] {1, Long.MIN_VALUE}),
                                NdArray.of(new long[] {2, 1, 1}, new double[] {1.0, 1e-7}),
                                Row.of(1, Row.of("a", Json.parse("null"))),
                                Row.of(),
                                List.of(Row.of(NdArray.of(new long[] {1}, new double[] {0.5}), null)),
                                nested,
                                row),
                        Row.of(
                                2,
                                false,
                                Long.MIN_VALUE,
                                -0.0,
                                new BigDecimal("-" + "9".repeat(28) + "." + "9".repeat(10)),
                                "",
                                new byte[0],
                                LocalDateTime.parse("0000-01-01T00:00"),
                                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                                LocalDate.parse("9999-12-31"),
                                LocalTime.MIDNIGHT,
                                Duration.ofDays(-365_000).plusNanos(1),
                                Json.parse("4".repeat(42)),
                                new Pointer(-1, -1),
                                null,
                                NdArray.of(new long[] {0, 3}, new long[0]),
                                NdArray.of(new long[0], new double[] {-0.0}),
                                Tuple.of(1, Row.of(null, Json.parse("\"alpha\""))),
                                Tuple.of(),
                                List.of(),
                                Map.of(),
                                map("a", Duration.ofSeconds(1), "a b", null)),
                        nothing(3, schema)),
                mirror(table).partitionKey("id"));
        live.run();

        assertThat(Items.of(database, table))
                .containsExactly(
                        item(
                                "id",
                                "{'N':'1'}",
                                "b",
                                "{'BOOL':true}",
                                "i",
                                "{'N':'-1'}",
                                "f",
                                "{'N':'0.1'}",
                                "d",
                                "{'N':'7'}",
                                "s",
                                "{'S':'é😀'}",
                                "y",
                                "{'B':'AQID'}",
                                "n",
                                "{'S':'2025-01-17T01:02:03.123456789'}",
                                "u",
                                "{'S':'2025-01-17T01:02:03.123456789+0000'}",
                                "da",
                                "{'S':'2025-01-17'}",
                                "ti",
                                "{'S':'10:30:00.123'}",
                                "du",
                                "{'N':'432000000000000'}",
                                "j",
                                "{'S':'{\\\'b\\\':1.0,\\\'a\\\':[]}'}",
                                "p",
                                "{'S':'^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'}",
                                "o",
                                "{'B':'" + OBJECT + "'}",
                                "ai",
                                "{'M':{'elements':{'L':[{'N':'1'},{'N':'-9223372036854775808'}]},"
                                        + "'shape':{'L':[{'N':'1'},{'N':'2'}]}}}",
                                "af",
                                "{'M':{'elements':{'L':[{'N':'1'},{'N':'0.0000001'}]},"
                                        + "'shape':{'L':[{'N':'2'},{'N':'1'},{'N':'1'}]}}}",
                                "t",
                                "{'L':[{'N':'1'},{'L':[{'S':'a'},{'S':'null'}]}]}",
                                "e",
                                "{'L':[]}",
                                "l",
                                "{'L':[{'L':[{'M':{'elements':{'L':[{'N':'0.5'}]},'shape':{'L':[{'N':'1'}]}}},{'NULL':true}]}]}",
                                "m",
                                "{'M':{'one':{'M':{'x':{'N':'1'},'y':{'L':[]}}},"
                                        + "'two':{'M':{'x':{'NULL':true},'y':{'L':[{'S':'^YYY4HABTRW7T8VX2Q429ZYV70W'}]}}}}}",
                                "r",
                                "{'M':{'a':{'N':'-1'},'a b':{'N':'1.5'}}}"),
                        item(
                                "id",
                                "{'N':'2'}",
                                "b",
                                "{'BOOL':false}",
                                "i",
                                "{'N':'-9223372036854775808'}",
                                "f",
                                "{'N':'0'}",
                                "d",
                                "{'N':'-" + "9".repeat(28) + "." + "9".repeat(10) + "'}",
                                "s",
                                "{'S':''}",
                                "y",
                                "{'B':''}",
                                "n",
                                "{'S':'0000-01-01T00:00:00.000000000'}",
                                "u",
                                "{'S':'9999-12-31T23:59:59.999999999+0000'}",
                                "da",
                                "{'S':'9999-12-31'}",
                                "ti",
                                "{'S':'00:00:00'}",
                                "du",
                                "{'N':'-31535999999999999999'}",
                                "j",
                                "{'S':'" + "4".repeat(42) + "'}",
                                "p",
                                "{'S':'^ZZZZZZZZZZZZZZZZZZZZZZZZZW'}",
                                "o",
                                "{'NULL':true}",
                                "ai",
                                "{'M':{'elements':{'L':[]},'shape':{'L':[{'N':'0'},{'N':'3'}]}}}",
                                "af",
                                // DynamoDB Local keeps the sign of a zero that is nested.
                                "{'M':{'elements':{'L':[{'N':'-0'}]},'shape':{'L':[]}}}",
                                "t",
                                "{'L':[{'N':'1'},{'L':[{'NULL':true},{'S':'\\\'alpha\\\''}]}]}",
                                "e",
                                "{'L':[]}",
                                "l",
                                "{'L':[]}",
                                "m",
                                "{'M':{}}",
                                "r",
                                "{'M':{'a':{'N':'1000000000'},'a b':{'NULL':true}}}"),
                        item(absent(schema, "id", "{'N':'3'}")));
    }

    @Test
    void everyTypeOfTextsInEachFormat(@TableName String table, @TempDir Path folder)
            throws IOException, InterruptedException {
        String schema = "id pointer, d decimal(5, 2), y bytes, n datetime_naive, u datetime_utc, da date, ti time,"
                + " du duration, j json, k json?, g ndarray<float>, l list<tuple<ndarray<int>, str?>>,"
                + " m map<row<x pointer?, y json>>";
        List<String> cells = List.of(
                "^Z5QKEQCDK9ZZ6TSYV0PM0G92JC",
                "1.5",
                "AQID",
                "2025-01-17 01:02:03.5",
                "2025-01-17T01:02:03.123456789999+05:30",
                "2025-01-17",
                "10:30:00.25",
                "-PT1.5S",
                "{ \"b\": 1.0, \"a\": [\"é\", 44444444444444444444] }",
                "",
                "[[0.5, 1], [2, 1e-7]]",
                "[[[1, 2], null], [[], \"a\"]]",
                "{\"k\": {\"x\": \"^YYY4HABTRW7T8VX2Q429ZYV70W\", \"y\": null}, \"j\": {\"y\": [ ]}}");
        List<String> names = Schema.parse(schema).names();
        String csv = String.join(",", names) + "\n"
                + cells.stream()
                        .map(cell -> cell.isEmpty() ? cell : '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","));
        String markdown = "| " + String.join(" | ", names) + " |\n| " + String.join(" | ", cells) + " |";
        String json = IntStream.range(0, cells.size())
                .mapToObj(i -> "\"" + names.get(i) + "\": "
                        + (cells.get(i).isEmpty() ? "null" : i < 8 ? "\"" + cells.get(i) + "\"" : cells.get(i)))
                .collect(Collectors.joining(", ", "{", "}"));

        live.write(
                live.tableFromFile(FileInput.of(Files.writeString(folder.resolve("t.csv"), csv), FileFormat.CSV)
                        .schema(schema)),
                mirror(table + "csv").partitionKey("id"));
        live.write(
                live.tableFromFile(FileInput.of(Files.writeString(folder.resolve("t.jsonl"), json), FileFormat.JSONL)
                        .schema(schema)),
                mirror(table + "jsonl").partitionKey("id"));
        live.write(
                live.tableFromMarkdown(
                        Markdown.table(markdown).splitOnPipesOnly().schema(Schema.parse(schema))),
                mirror(table + "markdown").partitionKey("id"));
        live.run();

        for (String format : List.of("csv", "jsonl", "markdown")) {
            assertThat(Items.of(database, table + format))
                    .as(format)
                    .containsExactly(item(
                            "id",
                            "{'S':'^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'}",
                            "d",
                            "{'N':'1.5'}",
                            "y",
                            "{'B':'AQID'}",
                            "n",
                            "{'S':'2025-01-17T01:02:03.500000000'}",
                            "u",
                            "{'S':'2025-01-16T19:32:03.123456789+0000'}",
                            "da",
                            "{'S':'2025-01-17'}",
                            "ti",
                            "{'S':'10:30:00.25'}",
                            "du",
                            "{'N':'-1500000000'}",
                            "j",
                            "{'S':'{\\'b\\':1.0,\\'a\\':[\\'é\\',44444444444444444444]}'}",
                            "k",
                            "{'NULL':true}",
                            "g",
                            "{'M':{'elements':{'L':[{'N':'0.5'},{'N':'1'},{'N':'2'},{'N':'0.0000001'}]},"
                                    + "'shape':{'L':[{'N':'2'},{'N':'2'}]}}}",
                            "l",
                            "{'L':[{'L':[{'M':{'elements':{'L':[{'N':'1'},{'N':'2'}]},'shape':{'L':[{'N':'2'}]}}},{'NULL':true}]},"
                                    + "{'L':[{'M':{'elements':{'L':[]},'shape':{'L':[{'N':'0'}]}}},{'S':'a'}]}]}",
                            "m",
                            "{'M':{'j':{'M':{'x':{'NULL':true},'y':{'S':'[]'}}},"
                                    + "'k':{'M':{'x':{'S':'^YYY4HABTRW7T8VX2Q429ZYV70W'},'y':{'S':'null'}}}}}"));
        }
    }

    @Test
    void everyTypeOfSql(@TableName String table) throws InterruptedException {
        List<SqlValue> values = List.of(
                new SqlValue("CAST(1.5 AS DECIMAL(5, 2))", "DECIMAL(5, 2)", "{'N':'1.5'}"),
                new SqlValue(
                        "CAST('" + "9".repeat(38) + "' AS DECIMAL(38, 0))",
                        "DECIMAL(38, 0)",
                        "{'N':'" + "9".repeat(38) + "'}"),
                new SqlValue("DATE '2024-02-29'", "DATE", "{'S':'2024-02-29'}"),
                new SqlValue("TIME '01:02:03'", "TIME", "{'S':'01:02:03'}"),
                new SqlValue("CAST('01:02:03.456' AS TIME(3))", "TIME(3)", "{'S':'01:02:03.456'}"),
                new SqlValue("INTERVAL '1' DAY", "INTERVAL DAY", "{'N':'86400000000000'}"),
                new SqlValue(
                        "INTERVAL '-1 02:03:04.567' DAY TO SECOND(3)",
                        "INTERVAL DAY TO SECOND(3)",
                        "{'N':'-93784567000000'}"),
                new SqlValue("PARSE_JSON(x)", "VARIANT", "{'S':'{\\\'a\\\':[1,null]}'}"),
                new SqlValue("ARRAY[1, CAST(NULL AS INT)]", "ARRAY<INT>", "{'L':[{'N':'1'},{'NULL':true}]}"),
                new SqlValue(
                        "ARRAY[ARRAY['a'], ARRAY['']]",
                        "ARRAY<ARRAY<STRING>>",
                        "{'L':[{'L':[{'S':'a'}]},{'L':[{'S':''}]}]}"),
                new SqlValue(
                        "MAP['b', DATE '2025-01-17', 'a', CAST(NULL AS DATE)]",
                        "MAP<STRING, DATE>",
                        "{'M':{'a':{'NULL':true},'b':{'S':'2025-01-17'}}}"),
                new SqlValue("ROW(1, 'a')", "ROW<f0 INT, f1 STRING>", "{'L':[{'N':'1'},{'S':'a'}]}"),
                new SqlValue(
                        "CAST(ROW(1, 'a') AS ROW<f0 INT, f1 STRING>)",
                        "ROW<f0 INT, f1 STRING>",
                        "{'L':[{'N':'1'},{'S':'a'}]}"),
                new SqlValue(
                        "CAST(ROW(1, ARRAY[1.5]) AS ROW<x INT, f1 ARRAY<DECIMAL(3, 2)>>)",
                        "ROW<x INT, f1 ARRAY<DECIMAL(3, 2)>>",
                        // DynamoDB Local keeps the zeros of a number that is nested.
                        "{'M':{'f1':{'L':[{'N':'1.50'}]},'x':{'N':'1'}}}"),
                new SqlValue(
                        "OBJECT_OF('Spot', 'x', 1, 'name', 'a')",
                        "ROW<x INT>",
                        "{'M':{'name':{'S':'a'},'x':{'N':'1'}}}"),
                new SqlValue("CAST('ab' AS CHAR(4))", "CHAR(4)", "{'S':'ab  '}"),
                new SqlValue("CAST('abc' AS VARCHAR(2))", "VARCHAR(2)", "{'S':'ab'}"),
                new SqlValue("CAST(X'01' AS BINARY(1))", "BINARY(1)", "{'B':'AQ=='}"),
                new SqlValue("CAST(X'0102' AS VARBINARY(3))", "VARBINARY(3)", "{'B':'AQI='}"),
                new SqlValue(
                        "CAST(TIMESTAMP '2025-01-17 01:02:03.123456789' AS TIMESTAMP(0))",
                        "TIMESTAMP(0)",
                        "{'S':'2025-01-17T01:02:03.000000000'}"),
                new SqlValue(
                        "CAST(TO_TIMESTAMP_LTZ(-1, 3) AS TIMESTAMP_LTZ(9))",
                        "TIMESTAMP_LTZ(9)",
                        "{'S':'1969-12-31T23:59:59.999000000+0000'}"));
        List<String> there = new ArrayList<>(List.of("1 AS id"));
        List<String> absent = new ArrayList<>(List.of("1 AS id"));
        List<String> item = new ArrayList<>(List.of("id", "{'N':'1'}"));
        List<String> itemOfNulls = new ArrayList<>(item);
        for (int i = 0; i < values.size(); i++) {
            String name = "c" + (10 + i);
            there.add(values.get(i).expression + " AS " + name);
            absent.add("CAST(NULL AS " + values.get(i).type + ") AS " + name);
            item.addAll(List.of(name, values.get(i).attribute));
            itemOfNulls.addAll(List.of(name, "{'NULL':true}"));
        }

        // Flink can't compute a VARIANT when it plans.
        live.tableEnvironment()
                .createTemporaryView("texts", live.tableFromRows(Schema.parse("x str"), Row.of("{\"a\":[1,null]}")));
        live.write(
                sql("SELECT " + String.join(", ", there) + " FROM texts"),
                mirror(table + "1").partitionKey("id"));
        live.write(
                sql("SELECT " + String.join(", ", absent)), mirror(table + "2").partitionKey("id"));
        live.run();

        assertThat(Items.of(database, table + "1")).containsExactly(item(item.toArray(String[]::new)));
        assertThat(Items.of(database, table + "2")).containsExactly(item(itemOfNulls.toArray(String[]::new)));
    }

    @Test
    void columnsOfEveryTypePassThroughQueries(@TableName String table) throws InterruptedException {
        Schema schema = Schema.parse("id int, p pointer, j json?, d duration, o object, g ndarray<int>,"
                + " l list<tuple<pointer, str?>>, m map<duration>, r row<x json, y bytes>");
        live.tableEnvironment()
                .createTemporaryView(
                        "t",
                        live.tableFromRows(
                                schema, of(1, "a"), of(2, "b"), of(3, "b"), of(4, "c"), removed(of(4, "c"))));
        live.tableEnvironment().createTemporaryView("others", live.tableFromRows(schema, of(5, "b")));

        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("where", "SELECT * FROM t WHERE p = POINTER('" + Pointer.of("a") + "')");
        queries.put("join", "SELECT t.* FROM t JOIN others ON t.p = others.p AND t.d = others.d AND t.j = others.j");
        queries.put("union", "SELECT * FROM t UNION SELECT * FROM others");
        queries.put("group", "SELECT MAX(id) AS id, p, j, d, o, g, l, m, r FROM t GROUP BY p, j, d, o, g, l, m, r");
        queries.put(
                "last",
                "SELECT MAX(id) AS id, LAST_VALUE(p) AS p, j, d, o, g, l, m, r FROM t"
                        + " GROUP BY j, d, o, g, l, m, r");
        for (Map.Entry<String, String> query : queries.entrySet()) {
            live.write(sql(query.getValue()), mirror(table + query.getKey()).partitionKey("id"));
        }
        live.run();

        assertThat(Items.of(database, table + "where")).containsExactly(itemOf(1, "a"));
        assertThat(Items.of(database, table + "join")).containsExactly(itemOf(2, "b"), itemOf(3, "b"));
        assertThat(Items.of(database, table + "union"))
                .containsExactly(itemOf(1, "a"), itemOf(2, "b"), itemOf(3, "b"), itemOf(5, "b"));
        assertThat(Items.of(database, table + "group")).containsExactly(itemOf(1, "a"), itemOf(3, "b"));
        assertThat(Items.of(database, table + "last")).containsExactly(itemOf(1, "a"), itemOf(3, "b"));
    }

    @Test
    void aMirrorSaysWhatColumnsAre(@TableName String table) throws InterruptedException {
        Table rows = sql("SELECT POINTER_OF(1) AS id, '{ \"a\": 1.0 }' AS j, CAST(NULL AS BIGINT) AS d," + " X'"
                + hex(ObjectWrapper.of(List.of("a", 1)).toBytes()) + "' AS o, 'plain' AS s, 5 AS sort");

        live.write(
                rows,
                mirror(table)
                        .partitionKey("id")
                        .sortKey("sort")
                        .schema("id pointer, sort duration, j json, d duration, o object"));
        live.run();

        assertThat(Items.of(database, table))
                .containsExactly(
                        "{\"id\":{\"S\":\"^YYY4HABTRW7T8VX2Q429ZYV70W\"},\"sort\":{\"N\":\"5\"},\"d\":{\"NULL\":true}"
                                + ",\"j\":{\"S\":\"{\\\"a\\\":1.0}\"},\"o\":{\"B\":\"" + OBJECT
                                + "\"},\"s\":{\"S\":\"plain\"}}");
    }

    @Test
    void aTextThatIsNoPointerIsABadRow(@TableName String table) {
        live.write(
                sql("SELECT 1 AS id, ARRAY['^', '^x'] AS ids"),
                mirror(table).partitionKey("id").schema("ids list<pointer>"));

        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("table " + table + ": column \"ids\"")
                .hasMessageContaining("expected a value of the type pointer: \"^\" is no pointer; expected ^ and 26"
                        + " characters, like ^00000000000000000000000000");
    }

    /** Of each type: a row that comes and goes, one that is changed, and one that stays; beside columns of all types. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysOfEveryType(boolean materialized, @TableName String table) throws InterruptedException {
        if (!materialized) {
            live.tableEnvironment().getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        }
        for (KeyOfType key : KeyOfType.ALL) {
            Schema schema = Schema.parse("k " + key.type + ", id int, p pointer, j json?, d duration, o object,"
                    + " g ndarray<int>, l list<tuple<pointer, str?>>, m map<duration>, r row<x json, y bytes>");
            List<Row> rows = new ArrayList<>(List.of(
                    keyed(key.first, of(1, "goes")),
                    keyed(key.second, of(2, "stays")),
                    keyed(key.third, of(3, "changes")),
                    removed(keyed(key.first, of(1, "goes"))),
                    removed(keyed(key.third, of(3, "changes"))),
                    keyed(key.third, of(3, "changed"))));
            if (materialized) {
                // Only then may rows share a key.
                rows.addAll(List.of(
                        keyed(key.second, of(4, "younger")),
                        keyed(key.third, of(5, "younger")),
                        removed(keyed(key.second, of(4, "younger"))),
                        removed(keyed(key.third, of(3, "changed")))));
            }
            live.write(
                    live.tableFromRows(schema, rows.toArray(Row[]::new)),
                    mirror(table + key.name()).partitionKey("k"));
        }

        live.run();

        for (KeyOfType key : KeyOfType.ALL) {
            assertThat(Items.of(database, table + key.name()))
                    .as(key.type)
                    .containsExactlyInAnyOrder(
                            itemWithKey(key.secondAttribute, attributes(2, "stays")),
                            itemWithKey(
                                    key.thirdAttribute,
                                    materialized ? attributes(5, "younger") : attributes(3, "changed")));
        }
    }

    @Test
    void theStateOfRowsOfEveryTypeIsInSavepoints(@TableName String table, @TempDir Path savepoints) throws Exception {
        Mirror.open(mirror(table).partitionKey("k"), Schema.parse("k pointer")).close();
        Feed feed = Feed.of(internal(of(1, "older")), internal(of(2, "younger")));
        String key = "{'S':'" + Pointer.of(1) + "'}";
        StreamExecutionEnvironment environment = Embedded.environment(1);
        String savepoint;
        try (Running running = Running.start(environment, mirrorOf(feed, environment, table))) {
            running.awaitThat(() ->
                    Items.of(database, table).equals(List.of(itemWithKey(key, attributes(2, "younger")))));
            savepoint = running.job()
                    .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
            running.awaitEnd();
        }

        Configuration configuration = new Configuration();
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        feed.add(removed(internal(of(2, "younger"))));
        feed.end();
        mirrorOf(feed, Embedded.environment(1, configuration), table).run();

        assertThat(Items.of(database, table)).containsExactly(itemWithKey(key, attributes(1, "older")));
    }

    private Live mirrorOf(Feed feed, StreamExecutionEnvironment environment, String table) {
        Live other = Live.create(environment);
        Table rows = other.tableEnvironment()
                .fromChangelogStream(
                        feed.stream(environment, FlinkRows.type(KEYED)), FlinkRows.columns(KEYED), ChangelogMode.all());
        other.write(rows, mirror(table).partitionKey("k"));
        return other;
    }

    /** The row under a key that it shares with others, as Flink's runtime has it. */
    private static Row internal(Row row) {
        FlinkRows flink = FlinkRows.of(KEYED);
        Row given = JavaRows.check(KEYED, List.of(keyed(Pointer.of(1), row)))
                .changes()
                .get(0);
        Row internal = new Row(given.getArity());
        for (int i = 0; i < given.getArity(); i++) {
            internal.setField(i, flink.value(i, given.getField(i)));
        }
        return internal;
    }

    /** A type of keys, and three of its values. */
    private record KeyOfType(
            String type, Object first, Object second, String secondAttribute, Object third, String thirdAttribute) {

        static final List<KeyOfType> ALL = List.of(
                new KeyOfType("int", 1, -2, "{'N':'-2'}", 3, "{'N':'3'}"),
                new KeyOfType("float", 0.5, -1e-7, "{'N':'-0.0000001'}", 1e21, "{'N':'1000000000000000000000'}"),
                new KeyOfType(
                        "decimal(38, 2)",
                        BigDecimal.ONE,
                        new BigDecimal("-1.50"),
                        "{'N':'-1.5'}",
                        new BigDecimal("9".repeat(36)),
                        "{'N':'" + "9".repeat(36) + "'}"),
                new KeyOfType(
                        "str",
                        "a",
                        "é",
                        "{'S':'é'}",
                        "a long text, longer than a word",
                        "{'S':'a long text, longer than a word'}"),
                new KeyOfType(
                        "bytes", new byte[] {1}, new byte[] {-1}, "{'B':'/w=='}", new byte[9], "{'B':'AAAAAAAAAAAA'}"),
                new KeyOfType(
                        "datetime_naive",
                        LocalDateTime.parse("2025-01-17T00:00"),
                        LocalDateTime.parse("1969-12-31T23:59:59.999999999"),
                        "{'S':'1969-12-31T23:59:59.999999999'}",
                        LocalDateTime.parse("2025-01-17T00:00:00.000000001"),
                        "{'S':'2025-01-17T00:00:00.000000001'}"),
                new KeyOfType(
                        "datetime_utc",
                        Instant.EPOCH,
                        Instant.ofEpochSecond(-1, 1),
                        "{'S':'1969-12-31T23:59:59.000000001+0000'}",
                        Instant.ofEpochSecond(0, 1),
                        "{'S':'1970-01-01T00:00:00.000000001+0000'}"),
                new KeyOfType(
                        "date",
                        LocalDate.EPOCH,
                        LocalDate.parse("1969-12-31"),
                        "{'S':'1969-12-31'}",
                        LocalDate.parse("2024-02-29"),
                        "{'S':'2024-02-29'}"),
                new KeyOfType(
                        "time",
                        LocalTime.MIDNIGHT,
                        LocalTime.parse("23:59:59.999"),
                        "{'S':'23:59:59.999'}",
                        LocalTime.NOON,
                        "{'S':'12:00:00'}"),
                new KeyOfType(
                        "duration",
                        Duration.ZERO,
                        Duration.ofNanos(-1),
                        "{'N':'-1'}",
                        Duration.ofDays(365_000),
                        "{'N':'31536000000000000000'}"),
                new KeyOfType(
                        "json",
                        Json.parse("1"),
                        Json.parse("{\"b\":1,\"a\":2}"),
                        "{'S':'{\\\'b\\\':1,\\\'a\\\':2}'}",
                        Json.parse("null"),
                        "{'S':'null'}"),
                new KeyOfType(
                        "pointer",
                        Pointer.of(),
                        Pointer.of(42),
                        "{'S':'^Z5QKEQCDK9ZZ6TSYV0PM0G92JC'}",
                        Pointer.of(1),
                        "{'S':'^YYY4HABTRW7T8VX2Q429ZYV70W'}"),
                new KeyOfType(
                        "object",
                        ObjectWrapper.of("a"),
                        ObjectWrapper.of(List.of("a", 1)),
                        "{'B':'" + OBJECT + "'}",
                        ObjectWrapper.of(1),
                        "{'B':'"
                                + Base64.getEncoder()
                                        .encodeToString(ObjectWrapper.of(1).toBytes()) + "'}"));

        /** What its table's name ends with. */
        String name() {
            return type.replaceAll("[^a-z_]", "");
        }
    }

    /** A value in SQL, a type to cast NULL to, and what the value becomes. */
    private record SqlValue(String expression, String type, String attribute) {}

    /** A row of a number and of values that follow from a text, each an object of its own. */
    private static Row of(int id, String text) {
        return Row.of(
                id,
                Pointer.of(text),
                Json.parse("{\"t\":\"" + text + "\"}"),
                Duration.ofNanos(text.length()),
                ObjectWrapper.of(List.of(text)),
                NdArray.of(new long[] {1, 1}, new long[] {text.length()}),
                List.of(Tuple.of(Pointer.of(text), null)),
                map("z", Duration.ofNanos(2), text, Duration.ofNanos(1)),
                map("x", Json.parse("1"), "y", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String itemOf(int id, String text) {
        return item(attributes(id, text));
    }

    private static String[] attributes(int id, String text) {
        return array(
                "id",
                "{'N':'" + id + "'}",
                "p",
                "{'S':'" + Pointer.of(text) + "'}",
                "j",
                "{'S':'{\\\'t\\\':\\\'" + text + "\\\'}'}",
                "d",
                "{'N':'" + text.length() + "'}",
                "o",
                "{'B':'"
                        + Base64.getEncoder()
                                .encodeToString(ObjectWrapper.of(List.of(text)).toBytes())
                        + "'}",
                "g",
                "{'M':{'elements':{'L':[{'N':'" + text.length() + "'}]},'shape':{'L':[{'N':'1'},{'N':'1'}]}}}",
                "l",
                "{'L':[{'L':[{'S':'" + Pointer.of(text) + "'},{'NULL':true}]}]}",
                "m",
                "{'M':{'" + text + "':{'N':'1'},'z':{'N':'2'}}}",
                "r",
                "{'M':{'x':{'S':'1'},'y':{'B':'"
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                        + "'}}}");
    }

    private static Row keyed(Object key, Row row) {
        return Row.join(Row.of(key), row);
    }

    private static Row removed(Row row) {
        row.setKind(RowKind.DELETE);
        return row;
    }

    /** The item of these attributes, each a name and its value; the key is the first, the others are sorted. */
    private static String item(String... namesAndAttributes) {
        Map<String, String> others = new TreeMap<>();
        for (int i = 2; i < namesAndAttributes.length; i += 2) {
            others.put(namesAndAttributes[i], namesAndAttributes[i + 1]);
        }
        return Stream.concat(
                        Stream.of(Map.entry(namesAndAttributes[0], namesAndAttributes[1])), others.entrySet().stream())
                .map(attribute -> "'" + attribute.getKey() + "':" + attribute.getValue())
                .collect(Collectors.joining(",", "{", "}"))
                .replace('\'', '"');
    }

    private static String itemWithKey(String key, String[] attributes) {
        return item(
                Stream.concat(Stream.of("k", key), Arrays.stream(attributes)).toArray(String[]::new));
    }

    private static String[] absent(Schema schema, String key, String keyAttribute) {
        return Stream.concat(
                        Stream.of(key, keyAttribute),
                        schema.names().stream()
                                .filter(name -> !name.equals(key))
                                .flatMap(name -> Stream.of(name, "{'NULL':true}")))
                .toArray(String[]::new);
    }

    private static String[] array(String... texts) {
        return texts;
    }

    /** A row whose columns are absent but for its number. */
    private static Row nothing(int id, Schema schema) {
        Row row = new Row(schema.columns().size());
        row.setField(0, id);
        return row;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Table sql(String query) {
        return live.tableEnvironment().sqlQuery(query);
    }

    private MirrorSettings.Builder mirror(String table) {
        return Embedded.mirror(database, table).initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }
}
