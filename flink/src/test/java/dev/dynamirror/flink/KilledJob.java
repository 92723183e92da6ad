package dev.dynamirror.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A job that mirrors a scripted table in a JVM of its own, which is to be killed: what it says of itself is in a file. */
final class KilledJob implements AutoCloseable {

    private static final String STARTED = "started";
    private static final String COMPLETED = "completed";

    private final Process process;
    private final Path output;
    private final Path file;
    private boolean checkpointed;
    private int linesRead;

    private KilledJob(Process process, Path output, Path file) {
        this.process = process;
        this.output = output;
        this.file = file;
    }

    /** The JVM's main: endpoint, number of writers, folder of checkpoints, file, and the fields of the table. */
    public static void main(String[] arguments) throws InterruptedException {
        URI endpoint = URI.create(arguments[0]);
        int parallelism = Integer.parseInt(arguments[1]);
        Path checkpoints = Path.of(arguments[2]);
        Path file = Path.of(arguments[3]);
        ScriptedTable table = new ScriptedTable(
                Long.parseLong(arguments[4]),
                Integer.parseInt(arguments[5]),
                ScriptedTable.Form.valueOf(arguments[6]),
                Integer.parseInt(arguments[7]));
        ScriptSource.watch("job", new ScriptSource.Watcher() {
            @Override
            public void started(int commit) {
                append(file, STARTED + " " + commit + "\n");
            }

            @Override
            public void completed(int commit) {
                append(file, COMPLETED + " " + commit + "\n");
            }
        });
        StreamExecutionEnvironment environment = Embedded.ownFlink(parallelism, configuration(checkpoints));
        Live live = Live.create(environment);
        table.mirror(environment, live, endpoint, "job");
        live.run();
    }

    private static Configuration configuration(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        Path newest = newest(checkpoints);
        if (newest != null) {
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, newest.toUri().toString());
        }
        return configuration;
    }

    /** The folder of the newest complete checkpoint of any run; null if there is none. */
    private static @Nullable Path newest(Path checkpoints) {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(path -> path.endsWith("_metadata"))
                    .max(Comparator.comparing(path -> path.toFile().lastModified()))
                    .map(Path::getParent)
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the JVM, which goes on from the newest checkpoint in the folder. */
    static KilledJob start(URI endpoint, int parallelism, ScriptedTable table, Path folder, int run)
            throws IOException {
        Path classPath = folder.resolve("class-path");
        Files.writeString(classPath, "-cp \"" + System.getProperty("java.class.path") + "\"");
        Path file = folder.resolve("run-" + run);
        Path output = folder.resolve("output-" + run);
        Files.createFile(file);
        Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
        ProcessBuilder java = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx512m",
                "@" + classPath,
                KilledJob.class.getName(),
                endpoint.toString(),
                Integer.toString(parallelism),
                checkpoints.toString(),
                file.toString(),
                Long.toString(table.seed()),
                Integer.toString(table.changes()),
                table.form().name(),
                Integer.toString(table.window())));
        return new KilledJob(
                java.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output, file);
    }

    /** Tells what the job has said since this was called last. */
    void tell(ScriptSource.Watcher watcher) throws IOException {
        List<String> lines = Files.readAllLines(file);
        // A line that is being written has no end yet.
        int complete = Files.readString(file).endsWith("\n") ? lines.size() : lines.size() - 1;
        for (; linesRead < complete; linesRead++) {
            String[] words = lines.get(linesRead).split(" ", 2);
            int commit = Integer.parseInt(words[1]);
            if (words[0].equals(STARTED)) {
                watcher.started(commit);
            } else {
                watcher.completed(commit);
                checkpointed = true;
            }
        }
    }

    /** Whether it has said, as far as was told, that a checkpoint is complete. */
    boolean hasCheckpointed() {
        return checkpointed;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, as kill -9 does; it must not have ended by itself. */
    void kill() throws InterruptedException, IOException {
        if (!process.isAlive()) {
            throw new AssertionError("it has ended, and printed:\n" + Files.readString(output));
        }
        process.destroyForcibly().waitFor();
    }

    /** Waits until it has ended, but not longer than this. */
    void awaitEnd(Duration longest) throws InterruptedException {
        boolean unused = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Demands that it has ended by itself, as it should. */
    void requireEnd() throws IOException {
        if (process.isAlive() || process.exitValue() != 0) {
            throw new AssertionError("it has printed:\n" + Files.readString(output));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
