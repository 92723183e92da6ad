package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dynamirror.table.BillingMode;
import dev.dynamirror.table.TableSummary;
import dev.dynamirror.testkit.NodePackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in a real browser, a headless Chromium, which npm fetches; without npm there is none. */
final class DashboardInBrowserTest {

    private static final String[] PACKAGES = {"@sparticuz/chromium@153.0.0", "puppeteer-core@24.43.1"};

    @Test
    @Timeout(120)
    void isReadableOnADesktopByDayAndOnAPhoneByNight() throws Exception {
        assumeTrue(NodePackages.canBeFetched(), "npm is missing");
        Path folder = NodePackages.fetch(Path.of("target", "browser"), PACKAGES);
        Counts counts = new Counts();
        AtomicLong put = new AtomicLong(41_234);
        counts.added((Gauge<Long>) () -> put.addAndGet(1_000), "itemsPut", "orders");
        counts.added((Gauge<Double>) () -> 2_000_000.0, "writeUnits", "orders");
        counts.addedThrottledBy((Gauge<Long>) () -> 5L, "TableWriteMaxOnDemandThroughputExceeded", "orders");
        TableSummary table = new TableSummary("orders", "UPDATING", BillingMode.ON_DEMAND, 12, 345);
        String badRow = "{\"reason\":\"<img src=x> is too large\",\"row\":{\"id\":1}}";

        JsonNode seen;
        try (Dashboard dashboard =
                Dashboard.open(0, new DashboardState(counts, () -> Map.of("orders", table), () -> List.of(badRow)))) {
            seen = look(folder, dashboard.address());
            assertThat(seen.get("addresses"))
                    .allSatisfy(address -> assertThat(address.asText())
                            .matches("\\Q" + dashboard.address() + "\\E/?(state\\.json)?|data:.*"));
        }

        assertThat(seen.get("errors")).isEmpty();
        assertThat(seen.get("text").asText())
                .contains("orders", "UPDATING, on-demand")
                .contains("2,000,000", "$1.25", "TableWriteMaxOnDemandThroughputExceeded")
                .contains("<img src=x> is too large");
        assertThat(seen.get("images").asInt()).as("texts of rows are no HTML").isZero();
        assertThat(brightness(seen.get("day"))).isGreaterThan(200);
        assertThat(brightness(seen.get("night"))).isLessThan(60);
        assertThat(seen.get("phone").asText()).contains("2,000,000", "Pending changes");
        assertThat(seen.get("tooWide").asInt()).isLessThanOrEqualTo(0);
        assertThat(folder.resolve("dashboard.png")).isNotEmptyFile();
        assertThat(folder.resolve("dashboard-phone.png")).isNotEmptyFile();
    }

    private static JsonNode look(Path folder, String address) throws IOException, InterruptedException {
        Path messages = folder.resolve("messages.txt");
        ProcessBuilder node = new ProcessBuilder(
                        "node", "src/test/browser/dashboard.mjs", folder.toString(), address, folder.toString())
                .redirectError(messages.toFile());
        // Where the browser is unpacked.
        node.environment().put("TMPDIR", folder.toString());
        Process process = node.start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(messages)).isZero();
            return new ObjectMapper().readTree(printed);
        } finally {
            process.destroy();
        }
    }

    /** Of a colour like {@code rgb(1, 2, 3)}, from 0 to 255. */
    private static double brightness(JsonNode color) {
        return List.of(color.asText().replaceAll("[^\\d,]", "").split(",")).subList(0, 3).stream()
                .mapToInt(Integer::parseInt)
                .average()
                .orElseThrow();
    }
}
