package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.value.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is reconciled with a snapshot, and follows changes then. */
final class SnapshotTest {

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(new String[] {"id", "item"}, Types.LONG, Types.STRING);
    private static final Schema SCHEMA = Schema.parse("id int, item str");

    /** Until then snapshots that wait don't end. */
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @AfterEach
    void stop() {
        db.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void changesComeBehindTheSnapshot(int parallelism) throws Exception {
        fill(Map.of(1L, "apple", 2L, "pear", 3L, "plum"));
        Feed feed = Feed.of(Row.of(2L, "lime"), Row.of(4L, "kiwi"));
        StreamExecutionEnvironment environment = Embedded.environment(parallelism);
        Live live = Live.create(environment);
        live.write(snapshot(live, environment, new WaitForOthers()), changes(live, environment, feed), mirror());
        try (Running running = Running.start(environment, live)) {
            // Changes are there before the snapshot has ended.
            running.awaitThat(() -> feed.runs() == 1);
            GO_ON.countDown();
            running.awaitThat(() -> items().equals(List.of("1 apple", "2 lime", "4 kiwi")));
            assertThat(db.history("orders"))
                    .noneMatch(write -> write.key().get("id").get("N").asText().equals("1"));

            feed.add(Row.ofKind(RowKind.DELETE, 1L, "apple"), Row.ofKind(RowKind.UPDATE_AFTER, 4L, "fig"));
            running.awaitThat(() -> items().equals(List.of("2 lime", "4 fig")));
            feed.end();
            running.awaitEnd();
        }
        assertThat(items()).containsExactly("2 lime", "4 fig");
    }

    @Test
    void aJobThatGoesOnFromACheckpointComparesNothing() throws Exception {
        fill(Map.of(1L, "apple", 2L, "pear"));
        Feed feed = Feed.of(Row.of(3L, "plum"));
        Configuration configuration = Embedded.restarts();
        configuration.addAll(Embedded.checkpoints());
        StreamExecutionEnvironment environment = Embedded.environment(2, configuration);
        Live live = Live.create(environment);
        Table changes = live.tableEnvironment()
                .fromChangelogStream(
                        feed.stream(environment, TYPE).map(new FailOnceAtSeven(), TYPE), key(), ChangelogMode.upsert());
        live.write(snapshot(live, environment, row -> row), changes, mirror());
        try (Running running = Running.start(environment, live)) {
            var behindTheChange = feed.atCheckpoint(this::items);
            assertThat(behindTheChange.get()).containsExactly("1 apple", "2 fig", "3 plum");
            fill(Map.of(9L, "of somebody else"));

            feed.add(Row.of(7L, "nut"));
            running.awaitThat(() -> items().contains("7 nut"));
            feed.end();
            running.awaitEnd();
        }
        assertThat(FailOnceAtSeven.FAILED).isNotEmpty();
        assertThat(feed.runs()).isEqualTo(2);
        assertThat(items()).containsExactly("1 apple", "2 fig", "3 plum", "7 nut", "9 of somebody else");
    }

    @Test
    void rowsWithoutAKeyAreSetAsideOfBoth(@TempDir Path folder) throws Exception {
        Live live = Live.create(Embedded.environment(2));
        Schema nullable = Schema.parse("id int?, item str");
        live.write(
                live.tableFromRows(nullable, Row.of(1L, "apple"), Row.of(null, "nobody")),
                live.tableFromRows(nullable, Row.of(2L, "pear"), Row.of(null, "no one")),
                mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(folder.toString()));

        live.run();

        assertThat(items()).containsExactly("1 apple", "2 pear");
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void whatIsNoSnapshotIsRefused() {
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Live live = Live.create(environment);
        Table rows = live.tableFromRows(SCHEMA, Row.of(1L, "apple"));

        assertThatThrownBy(() -> live.write(rows, rows, mirror().initMode(InitMode.REPLACE)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror orders: a snapshot is what a table is reconciled with; set init-mode to reconcile, or"
                                + " leave the snapshot out");
        Table others = live.tableFromRows(Schema.parse("id int, price float"), Row.of(1L, 1.0));
        assertThatThrownBy(() -> live.write(others, rows, mirror()))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("mirror orders: the snapshot and the changes that follow it must have the same"
                        + " columns; the snapshot has id BIGINT, price DOUBLE, the changes have id BIGINT, item ");
        Table goes = live.tableFromRows(SCHEMA, Row.of(1L, "apple"), Row.ofKind(RowKind.DELETE, 1L, "apple"));
        assertThatThrownBy(() -> live.write(goes, rows, mirror()))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("mirror orders: rows of a snapshot only come, but this one's may go");

        Table goesOn = live.tableEnvironment().fromDataStream(Feed.of().stream(environment, TYPE));
        live.write(goesOn, rows, mirror());
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessageContaining("goes on and does not say when all rows that there are have come");
    }

    private Table snapshot(Live live, StreamExecutionEnvironment environment, MapFunction<Row, Row> map) {
        return live.tableEnvironment()
                .fromDataStream(environment
                        .fromData(TYPE, Row.of(1L, "apple"), Row.of(2L, "fig"))
                        .map(map, TYPE));
    }

    private static Table changes(Live live, StreamExecutionEnvironment environment, Feed feed) {
        return live.tableEnvironment()
                .fromChangelogStream(feed.stream(environment, TYPE), key(), ChangelogMode.upsert());
    }

    private static org.apache.flink.table.api.Schema key() {
        return org.apache.flink.table.api.Schema.newBuilder()
                .column("id", "BIGINT NOT NULL")
                .column("item", "STRING")
                .primaryKey("id")
                .build();
    }

    private MirrorSettings.Builder mirror() {
        return DynamoDb.table("orders")
                .partitionKey("id")
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .initMode(InitMode.RECONCILE);
    }

    private void fill(Map<Long, String> rows) {
        Items.put(
                mirror(),
                SCHEMA,
                rows.entrySet().stream()
                        .<Map<String, ?>>map(row -> Map.of("id", row.getKey(), "item", row.getValue())));
        db.clearHistory();
    }

    private List<String> items() {
        return db.items("orders").stream()
                .map(item -> item.get("id").get("N").asText() + " "
                        + item.get("item").get("S").asText())
                .sorted()
                .toList();
    }

    private static final class WaitForOthers implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1L;

        @Override
        public Row map(Row row) throws InterruptedException {
            GO_ON.await();
            return row;
        }
    }

    private static final class FailOnceAtSeven implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1L;
        private static final Set<Long> FAILED = ConcurrentHashMap.newKeySet();

        @Override
        public Row map(Row row) {
            if (row.getFieldAs(0).equals(7L) && FAILED.add(7L)) {
                throw new IllegalStateException("fails once");
            }
            return row;
        }
    }
}
