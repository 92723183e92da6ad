package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.table.BillingMode;
import dev.dynamirror.table.TableSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard answers. */
final class DashboardTest {

    private final Counts counts = new Counts();
    private final TableSummary table = new TableSummary("orders", "UPDATING", BillingMode.ON_DEMAND, 12, 345);
    private List<String> badRows = List.of();
    private final Dashboard dashboard =
            Dashboard.open(0, new DashboardState(counts, () -> Map.of("orders", table), () -> badRows));

    @AfterEach
    void close() {
        dashboard.close();
    }

    @Test
    void theStateIsThatOfAllWritersOfAMirror() throws Exception {
        gauge("itemsPut", "orders", 5L);
        gauge("itemsPut", "orders", 7L);
        gauge("writeUnits", "orders", 1.5);
        gauge("pendingChanges", "orders", 3);
        gauge("pendingChanges", "orders", 4);
        gauge("itemsDeleted", "users", 1L);
        counts.addedThrottledBy(gauge(2L), "TableWriteProvisionedThroughputExceeded", "orders");
        counts.addedThrottledBy(gauge(1L), "TableWriteProvisionedThroughputExceeded", "orders");
        for (long millis : new long[] {10, 80}) {
            DescriptiveStatisticsHistogram histogram = new DescriptiveStatisticsHistogram(10);
            histogram.update(millis);
            counts.added(histogram, "requestMillis", "orders");
        }
        badRows = List.of("{\"reason\":\"too large\"}");

        JsonNode state = new ObjectMapper().readTree(get("/state.json"));

        assertThat(state.get("mirrors")).hasSize(2);
        JsonNode orders = state.get("mirrors").get(0);
        assertThat(orders.get("name").asText()).isEqualTo("orders");
        assertThat(orders.get("itemsPut").asLong()).isEqualTo(12);
        assertThat(orders.get("requestsThrottled").asLong())
                .as("by reason is not counted twice")
                .isZero();
        assertThat(orders.get("throttledBy")).hasToString("{\"TableWriteProvisionedThroughputExceeded\":3}");
        assertThat(orders.get("pendingChanges").asLong()).isEqualTo(7);
        assertThat(orders.get("requestMillis")).hasToString("{\"p50\":80.0,\"p99\":80.0}");
        assertThat(orders.get("table"))
                .hasToString("{\"name\":\"orders\",\"status\":\"UPDATING\",\"items\":12,\"bytes\":345,"
                        + "\"billing\":\"on-demand\"}");
        assertThat(state.get("mirrors").get(1).get("table")).isNull();
        assertThat(state.get("badRows")).hasToString("[{\"reason\":\"too large\"}]");
    }

    @Test
    void thePageUsesNothingFromElsewhere() throws Exception {
        String page = get("/");

        assertThat(page).contains("<title>dynamirror</title>");
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "//cdn", "@import");
    }

    @Test
    void itCanOnlyBeLookedAtAndByItsOwnName() throws Exception {
        int port = URI.create(dashboard.address()).getPort();

        assertThat(ask("GET / HTTP/1.1\r\nHost: localhost:" + port)).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET /state.json HTTP/1.1\r\nHost: evil.example:" + port))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("POST /state.json HTTP/1.1\r\nContent-Length: 0\r\nHost: 127.0.0.1:" + port))
                .startsWith("HTTP/1.1 405 ");
        assertThat(ask("GET /../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:" + port))
                .startsWith("HTTP/1.1 404 ");
        assertThat(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port)).contains("default-src 'none'");
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        int port = URI.create(dashboard.address()).getPort();

        assertThatThrownBy(() -> Dashboard.open(port, new DashboardState(counts, Map::of, List::of)))
                .isInstanceOf(MirrorException.class)
                .hasMessage("the dashboard can't be opened at port " + port + ": Address already in use");
    }

    @Test
    void theLastBadRowsAreTheNewestCompleteLines(@TempDir Path folder) throws Exception {
        assertThat(new LastBadRows(folder.resolve("none")).get()).isEmpty();
        Files.writeString(folder.resolve("bad-rows-0-0-before.jsonl"), "{\"of\":\"another run\"}\n");
        LastBadRows rows = new LastBadRows(folder);
        Files.writeString(folder.resolve("other.jsonl"), "{\"of\":\"others\"}\n");
        Files.writeString(folder.resolve("bad-rows-0-0-x.jsonl"), "{\"n\":1}\n{\"n\":2}\n{\"n\":");

        assertThat(rows.get()).containsExactly("{\"n\":2}", "{\"n\":1}");
    }

    private String get(String path) throws IOException {
        try (var answer = URI.create(dashboard.address() + path).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ask(String head) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(dashboard.address()).getPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void gauge(String name, String mirror, Number value) {
        counts.added(gauge(value), name, mirror);
    }

    private static Metric gauge(Number value) {
        return (Gauge<Number>) () -> value;
    }
}
