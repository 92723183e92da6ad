package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metrics that the page on monitoring and the dashboard speak of are those that a mirror has. */
final class MonitoringDocTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String MIRROR = "monitored";

    @BeforeAll
    static void runAMirror() throws InterruptedException {
        Configuration configuration = new Configuration();
        MetricsRecorder.addTo(configuration);
        try (FaultyDynamoDb db = FaultyDynamoDb.start();
                Live live = Live.create(Embedded.ownFlink(1, configuration))) {
            live.write(
                    live.tableFromMarkdown("key | value\n1 | Hello\n"),
                    DynamoDb.table("test")
                            .name(MIRROR)
                            .partitionKey("key")
                            .endpoint(db.endpoint())
                            .region(Embedded.REGION)
                            .initMode(InitMode.CREATE_IF_NOT_EXISTS));
            live.run();
        }
    }

    @Test
    void thePageHasAllMetrics() throws IOException {
        assertThat(MetricsRecorder.of(MIRROR)).as("%s", MetricsRecorder.of("")).isEqualTo(documented("mirror metrics"));
        assertThat(MetricsRecorder.of("")).containsAll(documented("sink metrics"));
    }

    @Test
    void theDashboardUsesMetricsThatThereAre() throws IOException {
        String dashboard = Files.readString(DOCS.resolve("grafana/dynamirror.json"));
        Set<String> used = matches(dashboard, "flink_taskmanager_job_task_operator_mirror_(\\w+)");
        Set<String> usedOfSinks = matches(dashboard, "flink_taskmanager_job_task_operator_(?!mirror_)(\\w+)");

        assertThat(used).isNotEmpty().isSubsetOf(MetricsRecorder.of(MIRROR));
        assertThat(usedOfSinks).isNotEmpty().isSubsetOf(documented("sink metrics"));
    }

    private static Set<String> documented(String table) throws IOException {
        String page = Files.readString(DOCS.resolve("monitoring.md"));
        int begin = page.indexOf("<!-- begin " + table + " -->");
        int end = page.indexOf("<!-- end " + table + " -->");
        return matches(page.substring(begin, end), "\\| `(\\w+)` \\|");
    }

    private static Set<String> matches(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
