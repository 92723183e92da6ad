package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that hand their job to a cluster, as which a Flink of this JVM stands in: it is asked by its REST server, too. */
final class ClusterOptionTest {

    private final FaultyDynamoDb db = FaultyDynamoDb.start();
    private final MiniCluster flink = new MiniCluster(new MiniClusterConfiguration.Builder()
            .setConfiguration(new Configuration().set(RestOptions.BIND_PORT, "0"))
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private String address = "";

    @BeforeEach
    void start() throws Exception {
        Shell.connectTo(db.endpoint());
        flink.start();
        URI rest = flink.getRestAddress().get();
        address = rest.getHost() + ":" + rest.getPort();
    }

    @AfterEach
    void stop() throws Exception {
        flink.close();
        db.close();
    }

    @Test
    void aFileIsWrittenByTheCluster() throws Exception {
        Path orders = Files.writeString(folder.resolve("orders.csv"), "id,item\n1,apple\n2,pear\n");

        Shell.Outcome submitted = Shell.run(
                "write",
                orders.toString(),
                "--table=orders",
                "--partition-key=id",
                "--init-mode=create_if_not_exists",
                "--cluster=" + address);

        assertThat(submitted.messages()).isEmpty();
        assertThat(submitted.results()).matches("job [0-9a-f]{32} is submitted to \\Q" + address + "\\E\n");
        awaitItems(2);
    }

    @Test
    void aScriptRunsInTheCluster() throws Exception {
        Path script = Files.writeString(folder.resolve("orders.sql"), """
                CREATE TABLE orders (id BIGINT, item STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
                  'connector' = 'dynamirror', 'table-name' = 'orders', 'init-mode' = 'create_if_not_exists',
                  'endpoint' = '%s', 'region' = 'eu-central-1');
                INSERT INTO orders VALUES (1, 'apple'), (2, 'pear'), (3, 'fig') ON CONFLICT DO DEDUPLICATE;
                """.formatted(db.endpoint()));

        Shell.Outcome submitted = Shell.run("sql", script.toString(), "--cluster=" + address);

        assertThat(submitted.messages()).isEmpty();
        assertThat(submitted.results()).endsWith(" is submitted to " + address + "\n");
        awaitItems(3);
    }

    @Test
    void aClusterThatIsNotThereIsAFailure() throws Exception {
        Path orders = Files.writeString(folder.resolve("orders.csv"), "id,item\n1,apple\n");
        flink.close();

        Shell.Outcome failed =
                Shell.run("write", orders.toString(), "--table=orders", "--partition-key=id", "--cluster=" + address);

        assertThat(failed.status()).isEqualTo(Dynamirror.FAILED);
        assertThat(failed.results()).isEmpty();
        assertThat(failed.messages()).startsWith("dynamirror: ").contains("Connection refused");
    }

    private void awaitItems(int count) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> db.appliedWrites() >= count && db.items("orders").size() == count);
    }
}
