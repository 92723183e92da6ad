package dev.dynamirror.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dynamirror.benchmarks.report.Round;
import dev.dynamirror.benchmarks.report.Spread;
import dev.dynamirror.benchmarks.stub.Certificate;
import dev.dynamirror.benchmarks.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A contender in its own JVM, which gets warm once and waits between its rounds. */
final class ContenderJvm implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAP = "512m";
    private static final Duration WARM_UP_ROUND = Duration.ofSeconds(1);
    /** So many rounds of the warm-up are looked at together, as a single one is noise. */
    private static final int WINDOW = 10;

    private static final int FEWEST_ROUNDS = 25;

    private static final double IMPROVED = 0.98;
    private static final long UNIT = 1000;
    private static final long FIRST_ROWS = 5_000;

    private final String name;
    private final ChildJvm jvm;
    private double rowsPerSecond;

    private ContenderJvm(String name, ChildJvm jvm) {
        this.name = name;
        this.jvm = jvm;
    }

    /**
     * Starts a contender.
     *
     * @param label its name in the results
     * @param contender its name to the worker
     * @param endpoint where it writes to
     * @param counts where the stub tells what it has taken of this contender
     */
    static ContenderJvm start(
            String label,
            String contender,
            String rows,
            URI endpoint,
            URI counts,
            Certificate certificate,
            ClassPaths classPaths,
            Path logs)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xms" + HEAP,
                "-Xmx" + HEAP,
                "-Daws.accessKeyId=bench",
                "-Daws.secretAccessKey=bench",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Djavax.net.ssl.trustStore=" + certificate.store(),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD));
        ChildJvm jvm = ChildJvm.start(
                label,
                logs,
                classPaths.of(contender),
                arguments,
                List.of(Worker.class.getName(), contender, endpoint.toString(), rows, counts.toString()));
        return new ContenderJvm(label, jvm);
    }

    String name() {
        return name;
    }

    /**
     * Writes rows until they get no cheaper: until the median of the last ten rounds of a second is not 2 % below that of the
     * ten before, and for 25 seconds at least.
     *
     * @param longest when to stop in any case
     */
    void warmUp(Duration longest) throws IOException {
        long start = System.nanoTime();
        List<Double> costs = new ArrayList<>();
        rowsPerSecond = FIRST_ROWS;
        while (System.nanoTime() - start < longest.toNanos() && getsCheaper(costs)) {
            costs.add(round("warm-up", "", 0, WARM_UP_ROUND).cpuMicrosPerRow());
        }
        System.out.printf(
                Locale.ROOT,
                "  %-26s warm after %.0f s: %.2f µs of CPU/row%n",
                name,
                (System.nanoTime() - start) / 1e9,
                costs.get(costs.size() - 1));
    }

    private static boolean getsCheaper(List<Double> costs) {
        int count = costs.size();
        return count < FEWEST_ROUNDS
                || median(costs.subList(count - WINDOW, count))
                        < IMPROVED * median(costs.subList(count - 2 * WINDOW, count - WINDOW));
    }

    private static double median(List<Double> costs) {
        return Spread.of(costs.stream().mapToDouble(Double::doubleValue)).median();
    }

    /** A round of about that time, as fast as it was in the last one. */
    Round round(String section, String setting, int number, Duration time) throws IOException {
        Round round = write(section, setting, number, rowsIn(time));
        rowsPerSecond = round.rowsPerSecond();
        return round;
    }

    /** A round of so many rows. */
    Round write(String section, String setting, int number, long rows) throws IOException {
        JsonNode answer = JSON.readTree(jvm.ask(Long.toString(rows)));
        return new Round(
                section,
                setting,
                number,
                name,
                rows,
                answer.get("seconds").asDouble(),
                answer.get("cpuSeconds").asDouble(),
                answer.get("allocatedBytesPerRow").asDouble() * rows,
                answer.get("peakMemoryBytes").asLong(),
                answer.get("requests").asLong(),
                answer.get("puts").asLong() + answer.get("deletes").asLong());
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }

    private long rowsIn(Duration time) {
        double rows = rowsPerSecond * time.toNanos() / 1e9;
        return Math.max(UNIT, Math.round(rows / UNIT) * UNIT);
    }
}
