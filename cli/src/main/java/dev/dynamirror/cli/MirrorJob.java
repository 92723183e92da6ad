package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.Live;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.Verification;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.api.Table;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** A Flink job: inside this JVM, or one for a cluster. */
final class MirrorJob implements AutoCloseable {

    private final Live live;
    private final List<String> told;

    private MirrorJob(Live live, List<String> told) {
        this.live = live;
        this.told = told;
    }

    static MirrorJob declare(FileInput files, MirrorSettings.Builder mirror, Live live) {
        live.write(files, mirror);
        return new MirrorJob(live, List.of());
    }

    /**
     * The job of a script of SQL, whose declarations are executed.
     *
     * @param file the script's file, which errors name
     * @param jars what the job's class path has besides
     * @throws MirrorException if a statement is wrong
     */
    static MirrorJob script(Path file, String script, List<Path> jars, Live live) {
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
     * Compares files with a table.
     *
     * @param output the file of all differences, or null
     */
    static Verification compare(FileInput files, MirrorSettings.Builder mirror, @Nullable Path output)
            throws InterruptedException {
        try (Live live = Live.create(EngineOption.embedded())) {
            Table rows = live.tableFromFile(files);
            return output == null
                    ? live.verify(rows, mirror)
                    : live.verify(rows, mirror, output.toAbsolutePath().toUri().toString());
        }
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

    /** Returns when all of the input is written; the job is cancelled if the thread is interrupted. */
    void run() throws InterruptedException {
        live.run();
    }

    /** Submits the job to its cluster, and gives its id. */
    String submit() throws InterruptedException {
        return live.submit();
    }

    @Override
    public void close() {
        live.close();
    }
}
