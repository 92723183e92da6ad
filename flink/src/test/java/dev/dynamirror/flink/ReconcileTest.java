package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.VersionedDeletes;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mirror with the init mode reconcile writes into a table that has items already. */
final class ReconcileTest {

    private static final String TABLE = "orders";
    private static final Schema SCHEMA = Schema.parse("id int, item str, price float?");

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @AfterEach
    void stop() {
        db.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void onlyWhatDiffersIsWritten(int parallelism) throws Exception {
        fill(Stream.of(row(1, "apple", 0.5), row(2, "pear", 0.3), row(3, "plum")));

        reconcile(parallelism, mirror(), Row.of(1L, "apple", 0.50), Row.of(2L, "pear", 0.4), Row.of(4L, "fig", null));

        assertThat(writes())
                .containsExactlyInAnyOrder(
                        "put {'id':{'N':'2'},'item':{'S':'pear'},'price':{'N':'0.4'}}",
                        "put {'id':{'N':'4'},'item':{'S':'fig'},'price':{'NULL':true}}",
                        "delete {'id':{'N':'3'}}");
    }

    @Test
    void aMissingTableIsCreated() throws Exception {
        reconcile(2, mirror(), Row.of(1L, "apple", 0.5));

        assertThat(writes()).containsExactly("put {'id':{'N':'1'},'item':{'S':'apple'},'price':{'N':'0.5'}}");
    }

    @Test
    void whatARowIsInTheEndCounts() throws Exception {
        fill(Stream.of(row(1, "apple", 1.0), row(2, "pear"), row(3, "plum")));

        reconcile(
                2,
                mirror(),
                Row.of(1L, "apple", 9.0),
                Row.of(2L, "pear", null),
                Row.of(3L, "plum", null),
                Row.ofKind(RowKind.DELETE, 1L, "apple", 9.0),
                Row.of(1L, "apple", 1.0),
                Row.ofKind(RowKind.DELETE, 2L, "pear", null));

        assertThat(writes()).containsExactly("delete {'id':{'N':'2'}}");
    }

    @Test
    void itemsWhoseKeysNoRowCouldHaveAreDeleted() throws Exception {
        try (Mirror texts = Mirror.open(
                settings().partitionKey("at").initMode(InitMode.CREATE_IF_NOT_EXISTS), Schema.parse("at str, n int"))) {
            texts.put(Map.of("at", "not a time", "n", 1));
            texts.put(Map.of("at", "2025-01-17T00:00:00.000000000", "n", 2));
        }
        db.clearHistory();

        Live live = Live.create(Embedded.environment(2));
        live.write(
                live.tableFromRows(
                        Schema.parse("at datetime_naive, n int"),
                        Row.of(LocalDateTime.parse("2025-01-17T00:00:00"), 2L)),
                settings().partitionKey("at").initMode(InitMode.RECONCILE));
        live.run();

        assertThat(writes()).containsExactly("delete {'at':{'S':'not a time'}}");
    }

    @Test
    void moreDeletesThanAllowedChangeNothing() throws Exception {
        fill(IntStream.range(0, 1_001).mapToObj(i -> row(i, "x")));

        assertThatThrownBy(() -> reconcile(2, mirror(), Row.of(5_000L, "new", null)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: reconciling would delete 1001 of its 1001 items, as the live table, of 1 rows,"
                                + " doesn't have them; max-deletes is 50%, which allows 500, so nothing was changed. If the live"
                                + " table is right, allow it: max-deletes = 1001");
        assertThat(writes()).isEmpty();

        reconcile(2, mirror().maxDeletes(MaxDeletes.parse("100%")));
        assertThat(db.items(TABLE)).isEmpty();
    }

    @Test
    void whatOthersLookAfterIsNotCompared() throws Exception {
        fill(Stream.of(row(1, "apple", 0.5), row(2, "pear", 0.3)));

        reconcile(1, mirror().ignoreAttributes("price"), Row.of(1L, "apple", 7.0), Row.of(2L, "fig", 7.0));

        assertThat(writes()).containsExactly("put {'id':{'N':'2'},'item':{'S':'fig'},'price':{'N':'7'}}");
    }

    @Test
    void aMirrorThatMergesComparesItsColumns() throws Exception {
        Schema more = Schema.parse("id int, item str, price float?, stock int");
        try (Mirror items = Mirror.open(mirror().initMode(InitMode.CREATE_IF_NOT_EXISTS), more)) {
            items.put(Map.of("id", 1, "item", "apple", "stock", 10));
            items.put(Map.of("id", 2, "item", "pear", "stock", 20));
            items.put(Map.of("id", 3, "item", "plum", "stock", 30));
        }
        try (Mirror stocks = Mirror.open(settings().partitionKey("id"), Schema.parse("id int, stock int"))) {
            stocks.put(Map.of("id", 4, "stock", 40));
        }
        db.clearHistory();

        reconcile(
                1,
                mirror().writeMode(WriteMode.MERGE).mergeDeletes(MergeDeletes.ATTRIBUTES),
                Row.of(1L, "apple", null),
                Row.of(2L, "fig", null));

        assertThat(writes())
                .containsExactlyInAnyOrder(
                        "put {'id':{'N':'2'},'item':{'S':'fig'},'price':{'NULL':true},'stock':{'N':'20'}}",
                        "put {'id':{'N':'3'},'stock':{'N':'30'}}");
    }

    @Test
    void aVersionedMirrorLeavesNewerItemsAlone() throws Exception {
        Schema schema = Schema.parse("id int, rev int");
        MirrorSettings.Builder versioned = settings()
                .partitionKey("id")
                .ordering(Ordering.VERSIONED)
                .versionColumn("rev")
                .versionedDeletes(VersionedDeletes.REMOVE);
        try (Mirror items = Mirror.open(versioned.initMode(InitMode.CREATE_IF_NOT_EXISTS), schema)) {
            for (int id = 1; id <= 4; id++) {
                items.put(Map.of("id", id, "rev", 5));
            }
        }
        db.clearHistory();

        Live live = Live.create(Embedded.environment(2));
        live.write(
                live.tableFromRows(schema, Row.of(1L, 5L), Row.of(2L, 4L), Row.of(3L, 6L)),
                versioned.initMode(InitMode.RECONCILE));
        live.run();

        assertThat(writes())
                .containsExactlyInAnyOrder("put {'id':{'N':'3'},'rev':{'N':'6'}}", "delete {'id':{'N':'4'}}");
    }

    @Test
    void anItemWhoseRowIsBadStays(@TempDir Path folder) throws Exception {
        fill(Stream.of(row(1, "apple", 0.5), row(2, "pear")));

        reconcile(
                2,
                mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(folder.toUri().toString()),
                Row.of(1L, "apple", Double.POSITIVE_INFINITY),
                Row.of(null, "nobody", null),
                Row.of(2L, "fig", null));

        assertThat(writes()).containsExactly("put {'id':{'N':'2'},'item':{'S':'fig'},'price':{'NULL':true}}");
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> lines = files.filter(Files::isRegularFile)
                    .flatMap(file -> lines(file).stream())
                    .toList();
            assertThat(lines).hasSize(2);
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("Infinity is no number"));
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("the partition key is absent"));
        }
    }

    @Test
    void aBadRowFailsTheMirror() {
        fill(Stream.of(row(1, "apple", 0.5)));

        assertThatThrownBy(() -> reconcile(1, mirror(), Row.of(1L, "apple", Double.NaN)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: column \"price\" of row {id=1}: NaN is no number that DynamoDB can store; filter"
                                + " or replace it; such rows can be set aside (on-bad-row)");
        assertThat(writes()).isEmpty();
    }

    /** Flink has two schedulers, and they treat a restart differently. */
    @ParameterizedTest
    @EnumSource(
            value = JobManagerOptions.SchedulerType.class,
            names = {"Default", "Adaptive"})
    void aJobThatFailsBeforeItsTableIsReconciledBeginsAnew(JobManagerOptions.SchedulerType scheduler) throws Exception {
        fill(Stream.of(row(1, "apple"), row(2, "pear")));
        Configuration configuration = Embedded.restarts();
        configuration.addAll(Embedded.checkpoints());
        configuration.set(JobManagerOptions.SCHEDULER, scheduler);
        configuration.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, Duration.ZERO);
        StreamExecutionEnvironment environment = Embedded.environment(2, configuration);
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment()
                        .fromDataStream(environment
                                .fromData(
                                        Types.ROW_NAMED(new String[] {"id", "item"}, Types.LONG, Types.STRING),
                                        Row.of(1L, "apple"),
                                        Row.of(3L, "fig"))
                                .map(
                                        new FailOnce("before " + scheduler),
                                        Types.ROW_NAMED(new String[] {"id", "item"}, Types.LONG, Types.STRING))),
                settings().partitionKey("id").initMode(InitMode.RECONCILE).ignoreAttributes("price"));
        live.run();

        assertThat(FailOnce.FAILED).contains("before " + scheduler);
        assertThat(writes())
                .containsExactlyInAnyOrder("put {'id':{'N':'3'},'item':{'S':'fig'}}", "delete {'id':{'N':'2'}}");
    }

    @Test
    void aSourceThatGoesOnIsRefused() {
        Feed feed = Feed.of();
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment()
                        .fromDataStream(feed.stream(environment, Types.ROW_NAMED(new String[] {"id"}, Types.INT))),
                settings().partitionKey("id").initMode(InitMode.RECONCILE));

        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror orders: its table can't be compared with its live table, as the source Custom"
                                + " Source goes on and does not say when all rows that there are have come; give all of them as"
                                + " a snapshot that has an end, and the source as the changes that follow it (Live.write with both)");
    }

    @Test
    void aProgramThatPutsRowsOneByOneCannotReconcile() {
        assertThatThrownBy(() -> Mirror.open(mirror(), SCHEMA))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror orders: a program that puts rows one by one does not say which of them are the whole"
                                + " live table, so the table can't be compared with it; use Live, or another init mode");
    }

    private void reconcile(int parallelism, MirrorSettings.Builder mirror, Row... rows) throws InterruptedException {
        Live live = Live.create(Embedded.environment(parallelism));
        Schema schema = Stream.of(rows).anyMatch(row -> row.getField(0) == null)
                ? Schema.parse("id int?, item str, price float?")
                : SCHEMA;
        Table table = live.tableFromRows(schema, rows);
        live.write(table, mirror);
        live.run();
    }

    private MirrorSettings.Builder mirror() {
        return settings().partitionKey("id").initMode(InitMode.RECONCILE);
    }

    private MirrorSettings.Builder settings() {
        return DynamoDb.table(TABLE).endpoint(db.endpoint()).region(Embedded.REGION);
    }

    private void fill(Stream<Map<String, ?>> rows) {
        Items.put(mirror(), SCHEMA, rows);
        db.clearHistory();
    }

    private static Map<String, ?> row(long id, String item) {
        return Map.of("id", id, "item", item);
    }

    private static Map<String, ?> row(long id, String item, double price) {
        return Map.of("id", id, "item", item, "price", price);
    }

    /** What was written since, in DynamoDB's JSON with other quotes. */
    private List<String> writes() {
        return db.history(TABLE).stream().map(ReconcileTest::text).toList();
    }

    private static String text(AppliedWrite write) {
        ObjectNode after = write.after();
        return (after == null ? "delete " + write.key() : "put " + after).replace('"', '\'');
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails at the first row that it meets. */
    private record FailOnce(String name) implements MapFunction<Row, Row> {

        private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

        @Override
        public Row map(Row row) {
            if (FAILED.add(name)) {
                throw new IllegalStateException("fails once");
            }
            return row;
        }
    }
}
