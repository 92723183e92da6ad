package dev.dynamirror.flink;

import static org.apache.flink.table.api.Expressions.$;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** The life of a run: checkpoints, ends of every kind, and what is left behind. */
@WithLocalDynamoDb
class RunTest {

    private static final TypeInformation<Row> TYPE = Types.ROW_NAMED(new String[] {"id"}, Types.INT);

    private static final String ONE = "{\"id\":{\"N\":\"1\"}}";
    private static final String TWO = "{\"id\":{\"N\":\"2\"}}";

    private final LocalDynamoDb database;

    RunTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void aCheckpointIsCompleteWhenEverythingBeforeItIsWritten(@TableName String table) throws Exception {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, Embedded.checkpoints());
        Row[] rows = IntStream.range(0, 3000).mapToObj(Row::of).toArray(Row[]::new);
        Feed feed = Feed.of(rows);

        try (Running running = Running.start(environment, live(environment, feed, table))) {
            assertThat(running.whileRunning(feed.atCheckpoint(() -> Items.of(database, table))))
                    .hasSize(3000);
        }
    }

    @Test
    void closeEndsARunQuietlyAfterWhichNothingIsWritten(@TableName String table) throws Exception {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, new Configuration());
        Feed feed = Feed.of(Row.of(1));
        Live live = live(environment, feed, table);

        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> feed.runs() == 1);
            running.awaitThat(() -> Items.of(database, table).equals(List.of(ONE)));
            live.close();
            running.awaitEnd();

            assertThat(running.job().getJobExecutionResult()).isDone();
        }
    }

    @Test
    void anInterruptEndsARunAfterWhichNothingIsWritten(@TableName String table) throws Exception {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, new Configuration());
        Feed feed = Feed.of(Row.of(1));
        Live live = live(environment, feed, table);

        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> feed.runs() == 1);
            running.awaitThat(() -> Items.of(database, table).equals(List.of(ONE)));
            running.interrupt();

            assertThatThrownBy(running::awaitEnd).isInstanceOf(InterruptedException.class);
            assertThat(running.job().getJobExecutionResult()).isDone();
        }
    }

    @Test
    void aCancelledJobEndsARunQuietlyAndAnotherMayFollow(@TableName String table) throws Exception {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, new Configuration());
        Feed feed = Feed.of(Row.of(1));
        Live live = live(environment, feed, table);
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> feed.runs() == 1);
            running.job().cancel().get();
            running.awaitEnd();

            feed.add(Row.of(2));
            feed.end();
            declare(live, environment, feed, table);
            live.run();
        }

        assertThat(Items.of(database, table)).containsExactly(ONE, TWO);
    }

    @Test
    void aTableThatIsDroppedEndsARunAtOnce(@TableName String table) throws Exception {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, Embedded.restarts());
        Feed feed = Feed.of(Row.of(1));

        try (Running running = Running.start(environment, live(environment, feed, table))) {
            running.awaitThat(() -> feed.runs() == 1);
            running.awaitThat(() -> Items.of(database, table).equals(List.of(ONE)));
            drop(table);
            feed.add(Row.of(2));

            assertThatThrownBy(running::awaitEnd)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + ": DynamoDB refused a request of 1 changes, the first of key 2:"
                            + " ResourceNotFoundException: Cannot do operations on a non-existent table");
        }
        assertThat(feed.runs()).isEqualTo(1);
    }

    @Test
    void aFailureThatIsNotOursIsToldToo(@TableName String table) {
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, new Configuration());
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment().sqlQuery("SELECT CAST(x AS INT) AS id FROM (VALUES ('1'), ('one')) AS t (x)"),
                Embedded.mirror(database, table).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS));

        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "the job failed: java.lang.NumberFormatException: For input string: 'one'. Invalid character"
                                + " found.");
    }

    @Test
    void severalMirrorsRunAsOneJob(@TableName String small, @TableName String large) throws InterruptedException {
        Live live = Live.create(Embedded.ownFlink(1, new Configuration()));
        Table numbers = live.tableEnvironment().fromValues(1, 2, 300).as("id");
        live.write(
                numbers.filter($("id").isLess(100)),
                Embedded.mirror(database, small).partitionKey("id").initMode(InitMode.REPLACE));
        live.write(
                numbers.filter($("id").isGreater(100)),
                Embedded.mirror(database, large).partitionKey("id").initMode(InitMode.REPLACE));
        live.run();

        assertThat(Items.of(database, small)).containsExactly(ONE, TWO);
        assertThat(Items.of(database, large)).containsExactly("{\"id\":{\"N\":\"300\"}}");
    }

    @Test
    @SuppressWarnings("try") // the close of MiniCluster is Flink's
    void aClusterRunsMirrorsAndTellsTheirErrors(@TableName String table) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build())) {
            cluster.start();
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                    "localhost", cluster.getRestAddress().get().getPort());
            environment.setParallelism(2);
            Live live = Live.create(environment);
            Feed feed = Feed.of(Row.of(1), Row.of(2));
            feed.end();
            declare(live, environment, feed, table);
            live.run();
            live.write(
                    live.tableEnvironment().fromValues(1).as("id"),
                    Embedded.mirror(database, table + "-missing").partitionKey("id"));

            assertThat(Items.of(database, table)).containsExactly(ONE, TWO);
            assertThatThrownBy(live::run)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table + "-missing doesn't exist; create it, or have it created by the init"
                            + " mode create_if_not_exists");
        }
    }

    @Test
    void runsLeaveNoThreadsBehind(@TableName String table) throws Exception {
        Set<Thread> before = allThreads(); // also those of the Flink that other tests share
        StreamExecutionEnvironment environment = Embedded.ownFlink(1, new Configuration());
        Live live = Live.create(environment);
        runOnce(live, environment, table);
        await().until(() -> threadsSince(before).isEmpty());
        int after = allThreads().size();

        for (int i = 0; i < 3; i++) {
            runOnce(live, environment, table);
        }

        await().until(() -> threadsSince(before).isEmpty());
        assertThat(allThreads()).hasSizeLessThanOrEqualTo(after + 3);
    }

    private void runOnce(Live live, StreamExecutionEnvironment environment, String table) throws InterruptedException {
        Feed feed = Feed.of(Row.of(1));
        feed.end();
        declare(live, environment, feed, table);
        live.run();
    }

    private static Set<Thread> allThreads() {
        Thread[] threads = new Thread[Thread.activeCount() + 50];
        int count = Thread.enumerate(threads);
        return Set.of(Arrays.copyOf(threads, count));
    }

    /** The names of the threads of Flink and of mirrors that were not there before. */
    private static List<String> threadsSince(Set<Thread> before) {
        return allThreads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("flink-")
                        || name.startsWith("dynamirror-prepare")
                        || name.startsWith("mirror "))
                .toList();
    }

    private Live live(StreamExecutionEnvironment environment, Feed feed, String table) {
        Live live = Live.create(environment);
        declare(live, environment, feed, table);
        return live;
    }

    private void declare(Live live, StreamExecutionEnvironment environment, Feed feed, String table) {
        live.write(
                live.tableEnvironment().fromDataStream(feed.stream(environment, TYPE)),
                Embedded.mirror(database, table).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS));
    }

    private void drop(String table) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            connection.client().deleteTable(request -> request.tableName(table));
        }
    }
}
