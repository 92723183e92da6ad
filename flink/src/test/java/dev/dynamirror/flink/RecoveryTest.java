package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.PermittedStates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a job dies, while DynamoDB fails now and then: in the end the table equals the live table. */
@Timeout(300)
class RecoveryTest {

    private static final int KILLS = 10;

    private final FaultyDynamoDb server = FaultyDynamoDb.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    @SuppressWarnings("try") // the close of MiniCluster is Flink's
    void tenTaskManagersAreKilled() throws Exception {
        int parallelism = 4;
        long seed = seed();
        SplittableRandom random = new SplittableRandom(seed);
        Course course = Course.of(server);
        server.faults(badDay(seed));
        ScriptedTable table = new ScriptedTable(seed, 80_000, ScriptedTable.Form.RETRACT, 1000);
        try (MiniCluster cluster = cluster(parallelism / 2)) {
            cluster.start();
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
                    "localhost", cluster.getRestAddress().get().getPort(), recovering());
            environment.setParallelism(parallelism);
            Live live = Live.create(environment);
            table.mirror(environment, live, server.endpoint(), course.name());
            Queue<Integer> alive = new ArrayDeque<>();
            alive.add(0);
            alive.add(1);
            try (Running running = Running.start(environment, live)) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    int starts = kill;
                    running.awaitSoon(() -> course.starts() >= starts);
                    long moment = server.appliedWrites() + random.nextInt(200, 800);
                    // Every other one after a checkpoint of the attempt that is killed.
                    int checkpoints = course.checkpoints() + kill % 2;
                    running.awaitSoon(() -> server.appliedWrites() >= moment && course.checkpoints() >= checkpoints);
                    cluster.terminateTaskManager(alive.remove()).get();
                    cluster.startTaskManager();
                    alive.add(1 + kill);
                }
                running.awaitEnd();
            }
        }

        PermittedStates permitted = table.permitted();
        course.requireEqual(permitted);
        assertThat(course.begunAt()).hasSize(KILLS + 1);
        assertThat(Set.copyOf(course.begunAt())).hasSizeGreaterThan(KILLS / 2);
    }

    @Test
    void theJvmIsKilled(@TempDir Path folder) throws Exception {
        int kills = Integer.getInteger("dynamirror.kills", 1);
        long seed = seed();
        Course course = Course.of(server);
        server.faults(badDay(seed));
        PermittedStates permitted =
                kill(kills, course, new ScriptedTable(seed, 6000 * kills, ScriptedTable.Form.RETRACT, 1000), folder);
        course.requireEqual(permitted);
    }

    /**
     * What comes late or from a dead one has an older version. What a job repeats has the version that it had, if a column is
     * the version; if the mirror counts, it is newer, and only repeated values are seen again.
     */
    @ParameterizedTest
    @EnumSource(
            value = ScriptedTable.Form.class,
            names = {"VERSIONED", "OWN_VERSION"})
    void theJvmOfAVersionedMirrorIsKilled(ScriptedTable.Form form, @TempDir Path folder) throws Exception {
        int kills = Integer.getInteger("dynamirror.kills", 1);
        long seed = seed();
        Course course = Course.of(server);
        server.faults(badDay(seed).with(Fault.late(Duration.ofMillis(300)), 0.05));
        PermittedStates permitted = kill(kills, course, new ScriptedTable(seed, 6000 * kills, form, 1000), folder);
        await().until(() -> server.heldBack() == 0);
        if (form == ScriptedTable.Form.VERSIONED) {
            course.requireEqualWithoutReplay(permitted);
        } else {
            course.requireEqual(permitted);
        }
    }

    /** Runs a job to its end, in spite of so many times of kill -9. */
    private PermittedStates kill(int kills, Course course, ScriptedTable table, Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(table.seed());
        for (int run = 0; run <= kills; run++) {
            long begin = server.appliedWrites();
            try (KilledJob job = KilledJob.start(server.endpoint(), 2, table, folder, run)) {
                ScriptSource.Watcher watcher = course.from(begin);
                long moment = run == kills ? Long.MAX_VALUE : begin + random.nextInt(400, 1500);
                // Without any checkpoint the next run would be a fresh start, and replace the table.
                while (job.isAlive() && (server.appliedWrites() < moment || (run == 0 && !job.hasCheckpointed()))) {
                    job.tell(watcher);
                    job.awaitEnd(Duration.ofMillis(2));
                }
                if (run < kills) {
                    job.kill();
                    job.tell(watcher);
                } else {
                    job.requireEnd();
                }
            }
        }

        assertThat(course.starts()).isEqualTo(kills + 1);
        return table.permitted();
    }

    @Test
    void theNetworkFailsTenTimes() throws Exception {
        long seed = seed();
        SplittableRandom random = new SplittableRandom(seed);
        ScriptedTable table = new ScriptedTable(seed, 80_000, ScriptedTable.Form.UPSERT, 500);
        Course course = Course.of(server);
        Faults slow = request -> Fault.delay(Duration.ofMillis(10));
        server.faults(slow);
        Configuration configuration = checkpoints();
        LostReplies.addTo(configuration);
        StreamExecutionEnvironment environment = Embedded.ownFlink(2, configuration);
        Live live = Live.create(environment);
        table.mirror(environment, live, server.endpoint(), course.name());
        try (Running running = Running.start(environment, live)) {
            for (int failure = 0; failure < 10; failure++) {
                long moment = server.appliedWrites() + random.nextInt(200, 500);
                running.awaitSoon(() -> server.appliedWrites() >= moment);
                long requests = server.requests("BatchWriteItem");
                long lost = LostReplies.count();
                switch (failure % 3) {
                    case 0 -> {
                        server.refuseConnections(true);
                        running.awaitSoon(() -> LostReplies.count() >= lost + 4);
                        server.refuseConnections(false);
                    }
                    case 1 -> {
                        server.hang(true);
                        running.awaitSoon(() -> server.requests("BatchWriteItem") > requests);
                        server.hang(false);
                    }
                    default -> {
                        server.faults(request -> request.number() % 2 == 0 ? Fault.CLOSED_BEFORE : Fault.CLOSED_AFTER);
                        running.awaitSoon(() -> server.requests("BatchWriteItem") >= requests + 6);
                        server.faults(slow);
                    }
                }
            }
            running.awaitEnd();
        }

        assertThat(course.starts()).isEqualTo(1);
        course.requireEqualWithoutReplay(table.permitted());
    }

    @ParameterizedTest
    @EnumSource(
            value = ScriptedTable.Form.class,
            names = {"UPSERT", "VERSIONED"})
    void aJobGoesOnFromSavepointsWithMoreWritersAndWithFewer(ScriptedTable.Form form, @TempDir Path savepoints)
            throws Exception {
        long seed = seed();
        Course course = Course.of(server);
        server.faults(badDay(seed));
        ScriptedTable table = new ScriptedTable(seed, 18_000, form, 500);
        Configuration configuration = checkpoints();
        for (int parallelism : new int[] {1, 4, 2}) {
            StreamExecutionEnvironment environment = Embedded.environment(parallelism, configuration);
            Live live = Live.create(environment);
            table.mirror(environment, live, server.endpoint(), course.name());
            try (Running running = Running.start(environment, live)) {
                if (parallelism != 2) {
                    long moment = server.appliedWrites() + 2000;
                    running.awaitSoon(() -> server.appliedWrites() >= moment);
                    configuration.set(
                            StateRecoveryOptions.SAVEPOINT_PATH,
                            running.job()
                                    .stopWithSavepoint(
                                            false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                                    .get(60, TimeUnit.SECONDS));
                }
                running.awaitEnd();
            }
        }

        course.requireEqualWithoutReplay(table.permitted());
        assertThat(course.starts()).isEqualTo(3);
    }

    private static long seed() {
        long seed = System.nanoTime();
        System.out.println("the seed of " + RecoveryTest.class.getSimpleName() + " is " + seed);
        return seed;
    }

    /** Of a hundred requests about twenty meet something; none is applied late. */
    private static Faults.Seeded badDay(long seed) {
        return Faults.seeded(seed)
                .with(Fault.UNPROCESSED, 0.05)
                .with(Fault.THROTTLE, 0.03)
                .with(Fault.INTERNAL_ERROR, 0.01)
                .with(Fault.INTERNAL_ERROR_APPLIED, 0.01)
                .with(Fault.CLOSED_BEFORE, 0.01)
                .with(Fault.CLOSED_AFTER, 0.01)
                .with(Fault.HALF_REPLY, 0.01)
                .with(Fault.delay(Duration.ZERO, Duration.ofMillis(20)), 0.1);
    }

    private static MiniCluster cluster(int slots) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        return new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(slots)
                .build());
    }

    private static Configuration checkpoints() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        return configuration;
    }

    private static Configuration recovering() {
        Configuration configuration = checkpoints();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return configuration;
    }
}
