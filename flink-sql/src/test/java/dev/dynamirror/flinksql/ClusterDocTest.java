package dev.dynamirror.flinksql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the files for Kubernetes on the page about clusters against what they name, as there is none to run them. */
final class ClusterDocTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final String JOB = "/opt/flink/usrlib/orders-job.jar";

    @Test
    void theImageHasTheFlinkAndTheJarOfThisBuild() throws IOException {
        assertThat(block("dockerfile").lines())
                .containsExactly(
                        "FROM flink:" + property("flink.version") + "-java17",
                        "COPY dynamirror-flink-sql-" + version() + ".jar /opt/flink/lib/",
                        "COPY orders-job.jar " + JOB.substring(0, JOB.lastIndexOf('/') + 1));
    }

    @Test
    void theDeploymentRunsTheImagesJobWithOptionsThatFlinkKnows() throws IOException {
        Object deployment = new Load(LoadSettings.builder().build()).loadFromString(block("yaml"));
        assertThat(at(deployment, "kind")).isEqualTo("FlinkDeployment");
        assertThat(at(deployment, "spec", "flinkVersion"))
                .isEqualTo("v"
                        + property("flink.version")
                                .replaceFirst("\\.[0-9]+$", "")
                                .replace('.', '_'));
        assertThat(at(deployment, "spec", "job", "jarURI")).isEqualTo("local://" + JOB);
        assertThat(at(deployment, "spec", "job", "upgradeMode")).isEqualTo("savepoint");

        Configuration options = new Configuration();
        ((Map<?, ?>) at(deployment, "spec", "flinkConfiguration"))
                .forEach((key, value) -> options.setString((String) key, (String) value));
        assertThat(options.keySet()).hasSize(3);
        assertThat(options.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isEqualTo(at(deployment, "spec", "job", "parallelism"));
        assertThat(options.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).startsWith("s3://");
        for (String process : new String[] {"jobManager", "taskManager"}) {
            assertThat(MemorySize.parse((String) at(deployment, "spec", process, "resource", "memory")))
                    .isGreaterThanOrEqualTo(MemorySize.parse("1g"));
            assertThat(((Number) at(deployment, "spec", process, "resource", "cpu")).doubleValue())
                    .isPositive();
        }
    }

    private static Object at(@Nullable Object node, String... path) {
        Object found = node;
        for (String name : path) {
            found = found == null ? null : ((Map<?, ?>) found).get(name);
        }
        return Objects.requireNonNull(found, () -> String.join(".", path));
    }

    private static String block(String language) throws IOException {
        String page = Files.readString(REPOSITORY.resolve("docs/cluster.md"));
        return found("```" + language + "\\R(.*?)```", page);
    }

    private static String property(String name) throws IOException {
        return found("<" + Pattern.quote(name) + ">(.*?)</", Files.readString(REPOSITORY.resolve("pom.xml")));
    }

    private static String version() throws IOException {
        return found(
                "<artifactId>dynamirror-parent</artifactId>\\s*<version>(.*?)</version>",
                Files.readString(REPOSITORY.resolve("pom.xml")));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
