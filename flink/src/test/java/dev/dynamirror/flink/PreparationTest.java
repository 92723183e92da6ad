package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a table is prepared, and when not: once for a fresh start, and never again. */
@WithLocalDynamoDb
class PreparationTest {

    private static final TypeInformation<Row> TYPE = Types.ROW_NAMED(new String[] {"id"}, Types.INT);

    private static final String ONE = "{\"id\":{\"N\":\"1\"}}";
    private static final String TWO = "{\"id\":{\"N\":\"2\"}}";
    private static final String MARK = "{\"id\":{\"N\":\"99\"}}";

    private final LocalDynamoDb database;
    private String table = "";

    PreparationTest(LocalDynamoDb database) {
        this.database = database;
    }

    @BeforeEach
    void fillTable(@TableName String name) {
        table = name;
        Items.put(database, name, 50);
    }

    @Test
    void anEmptyLiveTableEmptiesATableThatItReplaces() throws InterruptedException {
        Feed feed = Feed.of();
        feed.end();

        mirror(Embedded.environment(2), feed, rows -> rows).run();

        assertThat(Items.of(database, table)).isEmpty();
    }

    @Test
    void aTableForTombstonesHasATtl() throws InterruptedException {
        Feed feed = Feed.of();
        feed.end();

        mirror(
                        Embedded.environment(2),
                        feed,
                        rows -> rows,
                        Embedded.mirror(database, table).ordering(Ordering.VERSIONED))
                .run();

        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            assertThat(connection
                            .client()
                            .describeTimeToLive(request -> request.tableName(table))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("dynamirror_expires");
        }
    }

    @Test
    void aTableIsReplacedBeforeTheFirstRowComes() throws Exception {
        StreamExecutionEnvironment environment = Embedded.environment(2);
        try (Running running = Running.start(environment, mirror(environment, Feed.of(), rows -> rows))) {
            running.awaitThat(this::isThereAndEmpty);
        }
    }

    /** A table that is being replaced is not there for a moment. */
    private boolean isThereAndEmpty() {
        try {
            return Items.of(database, table).isEmpty();
        } catch (MirrorException e) {
            assertThat(e).hasMessage("table " + table + " doesn't exist");
            return false;
        }
    }

    /** Flink has two schedulers, and they treat a restart differently. */
    @ParameterizedTest
    @EnumSource(
            value = JobManagerOptions.SchedulerType.class,
            names = {"Default", "Adaptive"})
    void aRestartWithoutACheckpointReplacesNothing(JobManagerOptions.SchedulerType scheduler) throws Exception {
        Configuration configuration = Embedded.restarts();
        configuration.set(JobManagerOptions.SCHEDULER, scheduler);
        configuration.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, Duration.ZERO);
        Feed feed = Feed.of(Row.of(1), Row.of(2));
        feed.end();

        mirror(Embedded.environment(1, configuration), feed, rows -> rows.map(failOnce(2), TYPE))
                .run();

        assertThat(feed.runs()).isEqualTo(2);
        assertThat(Items.of(database, table)).containsExactly(ONE, TWO, MARK);
    }

    @Test
    void aRestartFromACheckpointReplacesNothing() throws Exception {
        Configuration configuration = Embedded.restarts();
        configuration.addAll(Embedded.checkpoints());
        Feed feed = Feed.of(Row.of(1));
        List<String> atCheckpoint;
        StreamExecutionEnvironment environment = Embedded.environment(1, configuration);
        Live live = mirror(environment, feed, rows -> rows.map(failOnce(2), TYPE));
        try (Running running = Running.start(environment, live)) {
            atCheckpoint = running.whileRunning(feed.atCheckpoint(() -> Items.of(database, table)));
            feed.add(Row.of(2));
            feed.end();
            running.awaitEnd();
        }

        assertThat(atCheckpoint).containsExactly(ONE);
        assertThat(feed.runs()).isEqualTo(2);
        assertThat(Items.of(database, table)).containsExactly(ONE, TWO, MARK);
    }

    @Test
    void aSavepointIsGoneOnFromWithOtherWriters(@TempDir Path savepoints) throws Exception {
        Feed feed = Feed.of(Row.of(1));
        String savepoint;
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Live live = mirror(environment, feed, rows -> rows.map(row -> row, TYPE).uid("same"));
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> feed.runs() == 1);
            savepoint = running.job()
                    .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
            running.awaitEnd();
        }
        Items.put(database, table, 99);

        Configuration configuration = new Configuration();
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        feed.add(Row.of(2));
        feed.end();
        mirror(
                        Embedded.environment(3, configuration),
                        feed,
                        rows -> rows.map(row -> row, TYPE).uid("same"))
                .run();

        assertThat(feed.runs()).isEqualTo(2);
        assertThat(Items.of(database, table)).containsExactly(ONE, TWO, MARK);
    }

    @Test
    void aTableThatCannotBePreparedFailsBeforeAnyRowAndIsNotTriedAgain() {
        StreamExecutionEnvironment environment = Embedded.environment(1, Embedded.restarts());
        Live live = Live.create(environment);
        Feed feed = Feed.of(Row.of(1));
        live.write(
                live.tableEnvironment().fromDataStream(feed.stream(environment, TYPE)),
                Embedded.mirror(database, table + "-missing").partitionKey("id"));
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + "-missing doesn't exist; create it, or have it created by the init mode"
                        + " create_if_not_exists");

        live.write(
                live.tableEnvironment()
                        .fromDataStream(feed.stream(environment, Types.ROW_NAMED(new String[] {"key"}, Types.INT))),
                Embedded.mirror(database, table).partitionKey("key"));
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table " + table + " has another key than the mirror: the table has partition key \"id\" (N),"
                                + " the mirror has partition key \"key\" (N); name the table's key columns, or have the table"
                                + " made anew by the init mode replace");

        assertThat(feed.runs()).isZero();
        assertThat(Items.of(database, table)).hasSize(1);
    }

    /** A mirror that replaces the table. */
    private Live mirror(StreamExecutionEnvironment environment, Feed feed, UnaryOperator<DataStream<Row>> middle) {
        return mirror(environment, feed, middle, Embedded.mirror(database, table));
    }

    private static Live mirror(
            StreamExecutionEnvironment environment,
            Feed feed,
            UnaryOperator<DataStream<Row>> middle,
            MirrorSettings.Builder settings) {
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment()
                        .fromChangelogStream(
                                middle.apply(feed.stream(environment, TYPE)),
                                Schema.newBuilder().column("id", "INT NOT NULL").build(),
                                ChangelogMode.insertOnly()),
                settings.partitionKey("id").initMode(InitMode.REPLACE));
        return live;
    }

    /** Fails when it first meets that row; before, it puts an item that nothing else puts into the table. */
    private MapFunction<Row, Row> failOnce(int id) {
        FailOnce.BEFORE.put(table, () -> Items.put(database, table, 99));
        return new FailOnce(table, id);
    }

    private static final class FailOnce implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1L;

        /** What is done before the failure that is still to come, by table. */
        private static final Map<String, Runnable> BEFORE = new ConcurrentHashMap<>();

        private final String table;
        private final int id;

        FailOnce(String table, int id) {
            this.table = table;
            this.id = id;
        }

        @Override
        public Row map(Row row) {
            Runnable before = Objects.equals(row.getField(0), id) ? BEFORE.remove(table) : null;
            if (before != null) {
                before.run();
                throw new IllegalStateException("fails once");
            }
            return row;
        }
    }
}
