package dev.dynamirror.flink;

import static org.apache.flink.table.api.Expressions.$;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.object.AllowedClasses;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@WithLocalDynamoDb
final class ReadTest {

    private static final String ORDERS = "customer str, number int, price decimal(10, 2), note str?";

    private final LocalDynamoDb database;
    private final Live live = Live.create(Embedded.environment(2));

    ReadTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void everyTypeComesBackAsItWas(@TableName String table) throws Exception {
        String schema = "id pointer, yes bool, i int, f float, d decimal(5, 2), s str, b bytes, dn datetime_naive,"
                + " du datetime_utc, da date, t time, dr duration, j json, o object, ni ndarray<int>, nf ndarray<float>,"
                + " l list<str?>, tu tuple<int, str?>, m map<int>, r row<a int, b list<tuple<int>>>, absent int?";
        Map<String, Object> row = new HashMap<>();
        row.put("id", Pointer.of(42));
        row.put("yes", true);
        row.put("i", 7L);
        row.put("f", 1.5);
        row.put("d", new BigDecimal("1.50"));
        row.put("s", "Bär");
        row.put("b", new byte[] {1, 2});
        row.put("dn", LocalDateTime.parse("2025-01-17T10:30:00.000000001"));
        row.put("du", Instant.parse("2025-01-17T10:30:00.000000001Z"));
        row.put("da", LocalDate.parse("2025-01-17"));
        row.put("t", LocalTime.parse("10:30:00.123"));
        row.put("dr", Duration.ofNanos(-5));
        row.put("j", Json.parse("{\"b\": 1.0, \"a\": [null]}"));
        row.put("o", ObjectWrapper.of(List.of("x")));
        row.put("ni", NdArray.of(new long[] {2, 1}, new long[] {1, 2}));
        row.put("nf", NdArray.of(new long[] {0}, new double[] {}));
        row.put("l", Arrays.asList("x", null));
        row.put("tu", Tuple.of(1L, null));
        row.put("m", Map.of("k", 1L));
        row.put("r", Map.of("a", 1L, "b", List.of(Tuple.of(2L))));
        put(table, "id", null, schema, List.of(row));

        Row read = rows(live.read(settings(table).schema(schema))).get(0);

        assertThat(read.getField("id")).isEqualTo(Pointer.of(42));
        assertThat(read.getField("yes")).isEqualTo(true);
        assertThat(read.getField("i")).isEqualTo(7L);
        assertThat(read.getField("f")).isEqualTo(1.5);
        assertThat(read.getField("d")).isEqualTo(new BigDecimal("1.50"));
        assertThat(read.getField("s")).isEqualTo("Bär");
        assertThat(read.getField("b")).isEqualTo(new byte[] {1, 2});
        assertThat(read.getField("dn")).isEqualTo(row.get("dn"));
        assertThat(read.getField("du")).isEqualTo(row.get("du"));
        assertThat(read.getField("da")).isEqualTo(row.get("da"));
        assertThat(read.getField("t")).isEqualTo(row.get("t"));
        assertThat(read.getField("dr")).isEqualTo(row.get("dr"));
        assertThat(read.getField("j")).hasToString("{\"b\":1.0,\"a\":[null]}");
        assertThat(((ObjectWrapper<?>) read.getField("o"))
                        .open(AllowedClasses.none())
                        .value())
                .isEqualTo(List.of("x"));
        assertThat(read.getField("ni")).isEqualTo(row.get("ni"));
        assertThat(read.getField("nf")).isEqualTo(row.get("nf"));
        assertThat((String[]) read.getField("l")).containsExactly("x", null);
        assertThat(read.getField("tu")).isEqualTo(Row.of(1L, null));
        assertThat(read.getField("m")).isEqualTo(Map.of("k", 1L));
        assertThat(read.getField("r")).asString().isEqualTo("+I[1, [+I[2]]]");
        assertThat(read.getField("absent")).isNull();
    }

    @Test
    void aTableIsReadInPartsAndEachRowOnce(@TableName String table) throws Exception {
        List<Map<String, Object>> orders = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            orders.add(
                    Map.of("customer", "c" + i % 50, "number", i, "price", BigDecimal.ONE, "note", "n".repeat(3000)));
        }
        put(table, "customer", "number", ORDERS, orders);
        Table read = live.read(settings(table).schema(ORDERS));

        assertThat(rows(read.select($("number"))).stream()
                        .map(row -> (Long) row.getField(0))
                        .collect(Collectors.toSet()))
                .hasSize(1_000);
        live.tableEnvironment().createTemporaryView("orders", read);
        assertThat(rows(live.tableEnvironment().sqlQuery("SELECT COUNT(*) FROM orders"))
                        .get(rows(live.tableEnvironment().sqlQuery("SELECT COUNT(*) FROM orders"))
                                        .size()
                                - 1)
                        .getField(0))
                .isEqualTo(1_000L);
    }

    @Test
    void columnsLimitAndKeyArePushedDown(@TableName String table) throws Exception {
        put(table, "customer", "number", ORDERS, List.of(order("a", 1), order("a", 2), order("a", 3), order("b", 1)));
        live.tableEnvironment()
                .createTemporaryView("orders", live.read(settings(table).schema(ORDERS)));

        String query = "SELECT number FROM orders WHERE customer = 'a' AND number >= 2 AND number <= 3";
        assertThat(explained(query))
                .contains("filter=[and(=(customer, ")
                .contains("project=[number]")
                .doesNotContain("where=[");
        assertThat(numbers(query)).containsExactlyInAnyOrder(2L, 3L);
        assertThat(explained("SELECT number FROM orders LIMIT 1")).contains("limit=[1]");
        assertThat(numbers("SELECT number FROM orders LIMIT 1")).hasSize(1);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' LIMIT 2"))
                .hasSize(2);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' AND number > 1 AND number < 3"))
                .containsExactly(2L);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' AND 2 = number"))
                .containsExactly(2L);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' AND note = 'n' AND number > 2"))
                .containsExactly(3L);
        assertThat(numbers("SELECT number FROM orders WHERE customer = ''")).isEmpty();
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' AND number BETWEEN 3 AND 2"))
                .isEmpty();
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'b' OR number = 3"))
                .containsExactlyInAnyOrder(1L, 3L);
        assertThat(numbers("SELECT number FROM orders WHERE customer IN ('a', 'b') AND number = 1"))
                .containsExactly(1L, 1L);
    }

    /** DynamoDB counts to a limit before it filters, so that a page may be empty. */
    @Test
    void tombstonesAreNoRows(@TableName String table) throws Exception {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(Map.of("customer", "a", "number", i, "dynamirror_deleted", i % 20 != 19));
        }
        put(table, "customer", "number", "customer str, number int, dynamirror_deleted bool", items);
        live.tableEnvironment()
                .createTemporaryView("orders", live.read(settings(table).schema("customer str, number int")));

        assertThat(numbers("SELECT number FROM orders")).containsExactlyInAnyOrder(19L, 39L);
        assertThat(numbers("SELECT number FROM orders LIMIT 2")).hasSize(2);
        assertThat(numbers("SELECT number FROM orders LIMIT 1")).hasSize(1);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' LIMIT 3"))
                .containsExactlyInAnyOrder(19L, 39L);
        assertThat(numbers("SELECT number FROM orders WHERE customer = 'a' AND number < 19"))
                .isEmpty();
    }

    @Test
    void whatFlinkHasNoTypeForHasATextInSql(@TableName String table) throws Exception {
        put(
                table,
                "id",
                null,
                "id pointer, j json, d duration",
                List.of(Map.of("id", Pointer.of(42), "j", Json.parse("[1]"), "d", Duration.ofSeconds(1))));
        live.tableEnvironment()
                .createTemporaryView("things", live.read(settings(table).schema("id pointer, j json, d duration")));

        assertThat(rows(live.tableEnvironment()
                        .sqlQuery("SELECT CAST(id AS STRING), CAST(j AS STRING), CAST(d AS STRING) FROM things")))
                .containsExactly(Row.of("^Z5QKEQCDK9ZZ6TSYV0PM0G92JC", "[1]", "PT1S"));
        assertThat(rows(live.tableEnvironment()
                        .sqlQuery("SELECT 1 FROM things WHERE CAST(id AS STRING) = POINTER_OF(42)")))
                .hasSize(1);
    }

    @Test
    void sqlReadsATableThatIsDeclaredWithPrimaryKey(@TableName String table) throws Exception {
        put(table, "customer", "number", ORDERS, List.of(order("a", 1), order("b", 2)));
        live.tableEnvironment().executeSql("""
                CREATE TABLE orders (customer STRING, number INT, price DECIMAL(10, 2), note STRING,
                    PRIMARY KEY (customer, number) NOT ENFORCED)
                WITH ('connector' = 'dynamirror', 'table-name' = '%s', 'endpoint' = '%s', 'region' = 'eu-central-1')
                """.formatted(table, database.endpoint()));

        assertThat(rows(live.tableEnvironment().sqlQuery("SELECT * FROM orders WHERE customer = 'b'")))
                .containsExactly(Row.of("b", 2, new BigDecimal("1.00"), "n"));
    }

    @Test
    void withoutASchemaTheColumnsAreThoseOfTheItems(@TableName String table) throws Exception {
        put(table, "id", null, "id int, v int", List.of(Map.of("id", 1, "v", 1)));
        put(table, "id", null, "id int, v str, w list<int>", List.of(Map.of("id", 2, "v", "x", "w", List.of(1))));

        Table read = live.read(settings(table));

        assertThat(read.getResolvedSchema().getColumnNames()).containsExactly("id", "v", "w");
        assertThat(rows(read).stream().map(row -> String.valueOf(row.getField("v"))))
                .containsExactlyInAnyOrder("1", "\"x\"");
    }

    @Test
    void anItemThatDoesNotFitNamesItselfAndWhatWasFound(@TableName String table) throws Exception {
        put(table, "id", null, "id int, v str", List.of(Map.of("id", 7, "v", "x")));
        Table read = live.read(settings(table).schema("id int, v int"));

        assertThatThrownBy(() -> rows(read))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowable(e, MirrorException.class))
                        .hasValueSatisfying(error -> assertThat(error)
                                .hasMessage("table " + table + ": attribute \"v\" of item {id=7}: expected a value of"
                                        + " the type int, but found the string (S) \"x\"")));
    }

    @Test
    void whatFlinkWouldNotKeepIsAnError(@TableName String table) throws Exception {
        put(table, "id", null, "id int, t time", List.of(Map.of("id", 7, "t", LocalTime.parse("10:30:00.0000001"))));
        Table read = live.read(settings(table).schema("id int, t time"));

        assertThatThrownBy(() -> rows(read))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowable(e, MirrorException.class))
                        .hasValueSatisfying(error -> assertThat(error)
                                .hasMessage("table " + table + ": attribute \"t\" of the item {\"id\":{\"N\":\"7\"}}:"
                                        + " 10:30:00.000000100 doesn't fit in Flink's type TIME(3), which keeps"
                                        + " milliseconds only")));
    }

    @Test
    void whatCannotBeReadIsToldWhenItIsDeclared(@TableName String table) {
        assertThatThrownBy(() -> live.read(settings(table).schema("id int")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + " doesn't exist");
    }

    @Test
    void aDeclaredKeyMustBeTheTables(@TableName String table) throws Exception {
        put(table, "customer", "number", ORDERS, List.of(order("a", 1)));
        live.tableEnvironment().executeSql("""
                CREATE TABLE wrong (customer STRING, number INT, PRIMARY KEY (number) NOT ENFORCED)
                WITH ('connector' = 'dynamirror', 'table-name' = '%s', 'endpoint' = '%s', 'region' = 'eu-central-1')
                """.formatted(table, database.endpoint()));

        assertThatThrownBy(() -> rows(live.tableEnvironment().sqlQuery("SELECT * FROM wrong WHERE number = 1")))
                .satisfies(e -> assertThat(ExceptionUtils.findThrowable(e, MirrorException.class))
                        .hasValueSatisfying(error -> assertThat(error)
                                .hasMessage("table " + table + " has the key customer, number, but it is declared with"
                                        + " the primary key number; declare its own")));
    }

    @Test
    @SuppressWarnings("try") // Flink's own close may be interrupted
    void afterAFailureReadingGoesOnAtTheCheckpoint(@TableName String table) throws Exception {
        List<Map<String, Object>> orders = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            orders.add(order("c" + i % 7, i));
        }
        put(table, "customer", "number", ORDERS, orders);
        Configuration configuration = new Configuration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20))
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        Live restarting = Live.create(Embedded.environment(2, configuration));
        Table read = restarting.read(settings(table).schema("number int"));

        FailsOnce.reset();
        List<Long> numbers = new ArrayList<>();
        try (CloseableIterator<Long> results = restarting
                .tableEnvironment()
                .toDataStream(read)
                .map(new FailsOnce())
                .executeAndCollect()) {
            results.forEachRemaining(numbers::add);
        }

        assertThat(FailsOnce.hasFailed()).isTrue();
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 3_000).boxed().toList());
    }

    /** Fails one task, once, at the first row after a checkpoint that has rows of it; slow enough for that. */
    private static final class FailsOnce extends RichMapFunction<Row, Long> implements CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean FAILED = new AtomicBoolean();

        private int rows;
        private boolean checkpointed;

        static void reset() {
            FAILED.set(false);
        }

        static boolean hasFailed() {
            return FAILED.get();
        }

        @Override
        public Long map(Row row) throws InterruptedException {
            rows++;
            if (!FAILED.get()) {
                // Gives the checkpoint, which runs in other threads, time to come.
                Thread.sleep(1);
            }
            if (checkpointed && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("this task fails once");
            }
            return (Long) row.getField(0);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            checkpointed = rows > 100;
        }
    }

    private static Map<String, Object> order(String customer, int number) {
        return Map.of("customer", customer, "number", number, "price", BigDecimal.ONE, "note", "n");
    }

    private void put(
            String table, String partitionKey, @Nullable String sortKey, String schema, List<Map<String, Object>> rows)
            throws InterruptedException {
        MirrorSettings.Builder settings =
                settings(table).partitionKey(partitionKey).initMode(InitMode.CREATE_IF_NOT_EXISTS);
        if (sortKey != null) {
            settings.sortKey(sortKey);
        }
        try (Mirror mirror = Mirror.open(settings, Schema.parse(schema))) {
            for (Map<String, Object> row : rows) {
                mirror.put(row);
            }
        }
    }

    private MirrorSettings.Builder settings(String table) {
        return DynamoDb.table(table).endpoint(database.endpoint()).region("eu-central-1");
    }

    private String explained(String query) {
        return live.tableEnvironment().explainSql(query);
    }

    private List<Long> numbers(String query) throws Exception {
        return rows(live.tableEnvironment().sqlQuery(query)).stream()
                .map(row -> (Long) row.getField(0))
                .toList();
    }

    @SuppressWarnings("try") // Flink's own close may be interrupted
    private static List<Row> rows(Table table) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = table.execute().collect()) {
            results.forEachRemaining(rows::add);
        }
        return rows;
    }
}
