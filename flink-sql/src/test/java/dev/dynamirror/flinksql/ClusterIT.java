package dev.dynamirror.flinksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar in a real cluster: a script of SQL, checkpoints, and a TaskManager that is killed in the middle; and a job in a jar of its
 * own.
 */
final class ClusterIT {

    private static final int ROWS = 30_000;
    private static final int KEYS = 10_000;

    @TempDir
    private static Path folder;

    @AutoClose
    private static FlinkCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = FlinkCluster.start(folder, FlinkCluster.Connector.IN_LIB);
    }

    @Test
    @Timeout(180)
    void aJobWhoseJarIsThinRuns() throws Exception {
        assertJobRuns(cluster);
    }

    /** As on Amazon's managed service, where nobody can add to {@code lib}. */
    @Test
    @Timeout(180)
    void aJobMayBringTheConnector(@TempDir Path ofItsOwn) throws Exception {
        try (FlinkCluster bare = FlinkCluster.start(ofItsOwn, FlinkCluster.Connector.IN_JOBS)) {
            assertJobRuns(bare);
        }
    }

    private static void assertJobRuns(FlinkCluster cluster) throws Exception {
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            Process taskManager = cluster.startTaskManager();
            Process client = cluster.submit(OrdersJob.class, db.endpoint().toString());
            await().atMost(Duration.ofSeconds(60)).until(() -> !client.isAlive());
            assertThat(client.exitValue()).as(cluster.log(client)).isZero();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> db.requests("CreateTable") == 1
                            && db.items("thin-orders").size() == 2);

            assertThat(db.items("thin-orders").stream().map(item -> item.toString()))
                    .containsExactlyInAnyOrder(
                            "{\"key\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"}}",
                            "{\"key\":{\"N\":\"2\"},\"item\":{\"S\":\"pear\"}}");
            taskManager.destroyForcibly();
        }
    }

    @Test
    @Timeout(180)
    void aTaskManagerDiesAndTheTableEqualsTheLiveTable() throws Exception {
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            Process first = cluster.startTaskManager();
            Path script = Files.writeString(folder.resolve("script.sql"), """
                    CREATE TABLE changes (id BIGINT) WITH (
                      'connector' = 'datagen', 'rows-per-second' = '4000',
                      'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '%d');
                    CREATE TABLE orders (id BIGINT, number BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
                      'connector' = 'dynamirror', 'table-name' = 'orders', 'init-mode' = 'replace',
                      'endpoint' = '%s', 'region' = 'eu-central-1');
                    INSERT INTO orders SELECT MOD(id, %d), id FROM changes ON CONFLICT DO DEDUPLICATE;
                    """.formatted(ROWS, db.endpoint(), KEYS));
            Process client = cluster.submit(script);

            await().atMost(Duration.ofSeconds(60)).until(() -> db.appliedWrites() > ROWS / 4 || !client.isAlive());
            assertThat(client.isAlive()).as(cluster.log(client)).isTrue();
            first.destroyForcibly();
            Process second = cluster.startTaskManager();
            await().atMost(Duration.ofSeconds(90)).until(() -> !client.isAlive());

            assertThat(client.exitValue()).as(cluster.log(client)).isZero();
            assertThat(cluster.log(second)).contains("mirror orders");
            assertThat(db.requests("CreateTable")).isEqualTo(1);
            assertThat(db.items("orders").stream()
                            .map(item -> item.get("number").get("N").asInt()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(ROWS - KEYS + 1, ROWS).boxed().toList());
        }
    }
}
