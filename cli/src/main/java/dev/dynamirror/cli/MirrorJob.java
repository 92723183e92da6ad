package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.Live;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.Verification;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.api.Table;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** A Flink job inside this JVM. */
final class MirrorJob implements AutoCloseable {

    private final Live live;
    private final List<String> told;

    private MirrorJob(Live live, List<String> told) {
        this.live = live;
        this.told = told;
    }

    static MirrorJob declare(TextFile text, MirrorSettings.Builder mirror, Counts counts) {
        Configuration configuration = configuration();
        CountingReporter.addTo(configuration, counts);
        Live live = Live.create(configuration);
        live.write(live.tableFromFile(text), mirror);
        return new MirrorJob(live, List.of());
    }

    /**
     * The job of a script of SQL, whose declarations are executed.
     *
     * @param file the script's file, which errors name
     * @param jars what the job's class path has besides
     * @throws MirrorException if a statement is wrong
     */
    static MirrorJob script(Path file, String script, List<Path> jars, Counts counts) {
        Configuration configuration = configuration();
        CountingReporter.addTo(configuration, counts);
        Live live = Live.create(configuration);
        try {
            jars.forEach(jar ->
                    live.execute("ADD JAR '" + jar.toAbsolutePath().toString().replace("'", "''") + "';"));
            return new MirrorJob(live, live.execute(script));
        } catch (MirrorException e) {
            live.close();
            throw new MirrorException(file + ", " + e.getMessage(), e);
        }
    }

    /** What the statements of a script have told. */
    List<String> told() {
        return told;
    }

    /**
     * Compares a text with a table.
     *
     * @param output the file of all differences, or null
     */
    static Verification compare(TextFile text, MirrorSettings.Builder mirror, @Nullable Path output)
            throws InterruptedException {
        try (Live live = Live.create(configuration())) {
            Table rows = live.tableFromFile(text);
            return output == null
                    ? live.verify(rows, mirror)
                    : live.verify(rows, mirror, output.toAbsolutePath().toUri().toString());
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        // Any free port, so that two commands don't meet, and nothing that others on the network could reach.
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        return configuration;
    }

    /**
     * A duration as in Flink's own options: {@code 15min}, {@code PT15M}; milliseconds without a unit.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Duration duration(String text) {
        try {
            return TimeUtils.parseDuration(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("no duration: " + text, e);
        }
    }

    /** Returns when all of the text is written; the job is cancelled if the thread is interrupted. */
    void run() throws InterruptedException {
        live.run();
    }

    @Override
    public void close() {
        live.close();
    }
}
