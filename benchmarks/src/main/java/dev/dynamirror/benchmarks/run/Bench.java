package dev.dynamirror.benchmarks.run;

import dev.dynamirror.benchmarks.report.Environment;
import dev.dynamirror.benchmarks.report.Report;
import dev.dynamirror.benchmarks.report.Results;
import dev.dynamirror.benchmarks.report.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The benchmark.
 *
 * <p>Arguments: the repository's folder, and which sections to run; all of them if none is named. Afterwards the tables and
 * plots are made of the results of all sections, of those that were run before, too. {@code report} runs nothing.
 */
public final class Bench {

    private static final int ROUNDS = 5;

    private Bench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path repository = Path.of(arguments[0]);
        List<String> named = Arrays.asList(arguments).subList(1, arguments.length);
        Path module = repository.resolve("benchmarks");
        Results results = new Results(module.resolve("target/bench/results"));
        List<Section> sections = named.isEmpty() ? List.of(Section.values()) : sections(named);
        if (!sections.isEmpty()) {
            try (Laboratory laboratory = Laboratory.open(module);
                    Sections all = new Sections(laboratory, ROUNDS)) {
                for (Section section : sections) {
                    run(section, all, results);
                }
            }
        }
        ClassPaths classPaths = ClassPaths.of(module);
        new Report(repository, new Environment(classPaths.own(), classPaths.peer()), results.read()).write();
    }

    private static List<Section> sections(List<String> names) {
        return names.stream()
                .filter(name -> !name.equals("report"))
                .map(name -> Section.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static void run(Section section, Sections all, Results results) throws IOException {
        long start = System.nanoTime();
        System.out.println("section " + section.text());
        List<Round> rounds = all.run(section);
        results.write(section.text(), rounds);
        for (Round round : rounds) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-8s round %d %-26s %9.0f rows/s %7.3f µs of CPU/row %6.0f B/row %5.0f MB peak %.3f written/row%n",
                    round.setting(),
                    round.number(),
                    round.contender(),
                    round.rowsPerSecond(),
                    round.cpuMicrosPerRow(),
                    round.allocatedBytesPerRow(),
                    round.peakMemoryBytes() / 1e6,
                    round.writtenPerRow());
        }
        System.out.printf(Locale.ROOT, "  took %.0f s%n", (System.nanoTime() - start) / 1e9);
    }
}
