package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

/** What is told of a job while it runs. */
final class ProgressTest {

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final Counts counts = new Counts();

    @Test
    void oneLineForEachMirror() {
        Counter put = counter("itemsPut", "orders");
        counts.added((Gauge<Double>) () -> 2_000_000.0, "writeUnits", "orders");
        counts.added((Gauge<Long>) () -> 300L, "oldestPendingMillis", "orders");
        counts.added((Gauge<Long>) () -> 20L, "oldestPendingMillis", "orders");
        counter("itemsPut", "users").inc(7);
        counter("rowsRead", "").inc(9);
        Progress progress = new Progress(console(false), counts);
        put.inc(1_500);

        progress.tell();

        assertThat(messages())
                .matches("dynamirror: orders: 1,500 put, 0 deleted, 0 merged, 0 set aside; 0 requests, 0 throttled;"
                        + " [\\d,]+ items/s; 2,000,000 write units, about \\$1\\.2500; 0\\.3 s behind\n"
                        + "dynamirror: users: 7 put, .*\n");
    }

    @Test
    void speedIsThatSinceTheLineBefore() {
        counter("itemsPut", "orders").inc(1_500);
        Progress progress = new Progress(console(false), counts);
        progress.tell();
        messages.reset();

        progress.tell();

        assertThat(messages()).contains("1,500 put").contains("; 0 items/s;");
    }

    @Test
    void aTerminalShowsLinesThatLive() {
        counter("itemsPut", "orders");
        counter("itemsPut", "users");
        Progress progress = new Progress(console(true), counts);
        progress.tell();
        assertThat(messages()).startsWith("\u001b[?7lorders: ").endsWith(" behind\n\u001b[?7h");
        messages.reset();

        progress.tell();

        assertThat(messages()).startsWith("\u001b[2F\u001b[J\u001b[?7lorders: ").contains("\nusers: ");
    }

    @Test
    void warningsStandAboveTheLinesThatLive() {
        counter("itemsPut", "orders");
        Console console = console(true);
        new Progress(console, counts).tell();
        messages.reset();

        console.linesAboveLiveOnes().print("dynamirror: wéird\n");

        assertThat(messages()).startsWith("\u001b[1F\u001b[Jdynamirror: wéird\n\u001b[?7lorders: ");
    }

    @Test
    void rowsThatAreReadAreThoseOfTheOnlyMirror() {
        counter("itemsPut", "orders");
        counter("rowsRead", "").inc(1_234);

        new Progress(console(false), counts).tell();

        assertThat(messages()).startsWith("dynamirror: orders: 1,234 rows read, 0 put, ");
    }

    @Test
    void tasksThatHaveEndedCount() {
        Counter first = counter("itemsPut", "orders");
        first.inc(5);
        counts.removed(first);
        counter("itemsPut", "orders").inc(2);

        assertThat(counts.of("orders", Counts.Count.ITEMS_PUT)).isEqualTo(7);
        assertThat(counts.all(Counts.Count.ITEMS_PUT)).isEqualTo(7);
        assertThat(counts.mirrors()).containsExactly("orders");
    }

    private Counter counter(String name, String mirror) {
        Counter counter = new SimpleCounter();
        counts.added(counter, name, mirror);
        return counter;
    }

    private Console console(boolean terminal) {
        return new Console(InputStream.nullInputStream(), OutputStream.nullOutputStream(), messages, null, terminal);
    }

    private String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
