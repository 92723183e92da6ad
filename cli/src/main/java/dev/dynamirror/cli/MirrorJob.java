package dev.dynamirror.cli;

import dev.dynamirror.flink.Live;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.Verification;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.api.Table;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** A Flink job inside this JVM that mirrors one text. */
final class MirrorJob implements AutoCloseable {

    private final Live live;

    private MirrorJob(Live live) {
        this.live = live;
    }

    static MirrorJob declare(TextFile text, MirrorSettings.Builder mirror, Counts counts) {
        Configuration configuration = configuration();
        CountingReporter.addTo(configuration, counts);
        Live live = Live.create(configuration);
        live.write(live.tableFromFile(text), mirror);
        return new MirrorJob(live);
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
