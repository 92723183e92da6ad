package dev.dynamirror.cli;

import dev.dynamirror.flink.Live;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.mirror.MirrorSettings;
import java.time.DateTimeException;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.util.TimeUtils;

/** A Flink job inside this JVM that mirrors one text. */
final class MirrorJob implements AutoCloseable {

    private final Live live;

    private MirrorJob(Live live) {
        this.live = live;
    }

    static MirrorJob declare(TextFile text, MirrorSettings.Builder mirror, Counts counts) {
        Configuration configuration = new Configuration();
        // Any free port, so that two commands don't meet, and nothing that others on the network could reach.
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        CountingReporter.addTo(configuration, counts);
        Live live = Live.create(configuration);
        live.write(live.tableFromFile(text), mirror);
        return new MirrorJob(live);
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
