package dev.dynamirror.benchmarks.reconcile;

import dev.dynamirror.benchmarks.report.MarkedPage;
import dev.dynamirror.benchmarks.run.ChildJvm;
import dev.dynamirror.benchmarks.run.ClassPaths;
import dev.dynamirror.table.InitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reconciles a table of which some rows have changed, and replaces it by the same rows; writes the table of {@code
 * docs/reconcile.md}.
 *
 * <p>Arguments: the repository's folder, and how many rows (a million), and the heap of the job ({@code 1g}).
 */
public final class ReconcileBench {

    private static final int[] CHANGED_OF_THOUSAND = {1, 10, 100, 1000};

    private final ClassPaths classPaths;
    private final Path logs;
    private final long rows;
    private final String heap;
    private final ChildJvm server;
    private final String endpoint;

    private ReconcileBench(ClassPaths classPaths, Path logs, long rows, String heap, ChildJvm server)
            throws IOException {
        this.classPaths = classPaths;
        this.logs = logs;
        this.rows = rows;
        this.heap = heap;
        this.server = server;
        this.endpoint = server.readLine();
    }

    /**
     * What a job has used.
     *
     * @param writeUnits write units
     * @param readUnits read units
     * @param seconds on the wall
     * @param cpuSeconds of the job's process
     * @param memory the most that the process has had, in MB
     */
    private record Used(double writeUnits, double readUnits, double seconds, double cpuSeconds, double memory) {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]);
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        String heap = arguments.length > 2 ? arguments[2] : "1g";
        ClassPaths classPaths = ClassPaths.of(repository.resolve("benchmarks"));
        Path logs = Files.createDirectories(repository.resolve("benchmarks/target/bench"));
        try (ChildJvm server = ChildJvm.start(
                "table-server",
                logs,
                classPaths.own(),
                List.of("-Xmx12g", "-XX:+UseParallelGC"),
                List.of(TableServer.class.getName()))) {
            String table = new ReconcileBench(classPaths, logs, rows, heap, server).measure();
            MarkedPage page = MarkedPage.read(repository.resolve("docs/reconcile.md"));
            page.replace("measured", table);
            page.write();
        }
    }

    private String measure() throws IOException {
        StringBuilder table = new StringBuilder("""
                | rows that have changed | `reconcile`: write units | read units | seconds | CPU, s | `replace`: write units | seconds | CPU, s |
                |---|---|---|---|---|---|---|---|
                """);
        Used unused = run(InitMode.REPLACE, 0, 0);
        long version = 0;
        for (int changed : CHANGED_OF_THOUSAND) {
            version++;
            Used reconciled = run(InitMode.RECONCILE, changed, version);
            // Back to what it was, which replaces all rows and costs the same whatever has changed.
            Used replaced = run(InitMode.REPLACE, 0, 0);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s %% of %,d | %,.0f | %,.0f | %.1f | %.1f | %,.0f | %.1f | %.1f |%n",
                    changed % 10 == 0 ? Integer.toString(changed / 10) : Double.toString(changed / 10.0),
                    rows,
                    reconciled.writeUnits(),
                    reconciled.readUnits(),
                    reconciled.seconds(),
                    reconciled.cpuSeconds(),
                    replaced.writeUnits(),
                    replaced.seconds(),
                    replaced.cpuSeconds()));
        }
        return table.toString();
    }

    private Used run(InitMode mode, int changedOfThousand, long version) throws IOException {
        try (ChildJvm job = ChildJvm.start(
                "table-job",
                logs,
                classPaths.own(),
                List.of(
                        "-Xmx" + heap,
                        "-Daws.accessKeyId=bench",
                        "-Daws.secretAccessKey=bench",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                List.of(
                        TableJob.class.getName(),
                        endpoint,
                        mode.name(),
                        Long.toString(rows),
                        Integer.toString(changedOfThousand),
                        Long.toString(version)))) {
            String[] cost = job.readLine().split(" ", -1);
            String[] units = server.ask("units").split(" ", -1);
            Used used = new Used(number(units[0]), number(units[1]), number(cost[0]), number(cost[1]), number(cost[2]));
            System.out.printf(Locale.ROOT, "%-10s %5.1f %% changed: %s%n", mode, changedOfThousand / 10.0, used);
            return used;
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
