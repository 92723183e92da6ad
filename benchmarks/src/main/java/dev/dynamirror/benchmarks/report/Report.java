package dev.dynamirror.benchmarks.report;

import dev.dynamirror.benchmarks.report.LinePlot.Line;
import dev.dynamirror.benchmarks.report.LinePlot.Point;
import dev.dynamirror.benchmarks.worker.SkewedChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The page docs/benchmarks.md and its plots.
 *
 * @param repository the repository's folder
 * @param environment where and with what it was measured
 * @param rounds all results
 */
public record Report(Path repository, Environment environment, List<Round> rounds) {

    private static final int[] WINDOWS = {25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000};

    /** Writes the parts of the page that are made, and the plots whose sections were run. */
    public void write() throws IOException {
        Path folder = repository.resolve("docs/benchmarks");
        Files.createDirectories(folder);
        Tables tables = new Tables(rounds);
        MarkedPage page = MarkedPage.read(repository.resolve("docs/benchmarks.md"));
        page.replace("environment", environment.text());
        page.replace("ratios", tables.ratios());
        page.replace("small", tables.costs("small"));
        page.replace("large", tables.costs("large"));
        page.replace("delays", tables.delays());
        page.replace("tls", tables.costs("tls"));
        page.replace("skew", tables.skew());
        page.replace("growth", tables.growth());
        page.replace("local", tables.local());
        page.write();
        if (has("small")) {
            Files.writeString(
                    folder.resolve("cpu-small.svg"),
                    bars("small", "CPU per small row").svg());
        }
        if (has("large")) {
            Files.writeString(
                    folder.resolve("cpu-large.svg"),
                    bars("large", "CPU per row of 2 KB").svg());
        }
        if (has("small") && has("delays")) {
            Files.writeString(folder.resolve("delays.svg"), delays().svg());
        }
        if (has("skew")) {
            Files.writeString(folder.resolve("merging.svg"), merging().svg());
        }
        if (has("growth")) {
            Files.writeString(folder.resolve("memory.svg"), memory().svg());
        }
    }

    private boolean has(String section) {
        return of(section).findAny().isPresent();
    }

    private Stream<Round> of(String section) {
        return rounds.stream().filter(round -> round.section().equals(section));
    }

    private List<String> contenders(String section) {
        return Names.order().stream()
                .filter(name -> of(section).anyMatch(round -> round.contender().equals(name)))
                .toList();
    }

    private BarPlot bars(String section, String title) {
        return new BarPlot(
                title + ", median and range",
                "µs",
                contenders(section).stream()
                        .map(name -> new BarPlot.Bar(
                                Names.of(name),
                                Spread.of(of(section)
                                        .filter(round -> round.contender().equals(name))
                                        .mapToDouble(Round::cpuMicrosPerRow)),
                                Names.isOwn(name)))
                        .toList());
    }

    private LinePlot delays() {
        List<Line> lines = contenders("delays").stream()
                .map(name -> new Line(
                        Names.of(name),
                        Stream.concat(of("small"), of("delays"))
                                .filter(round -> round.contender().equals(name))
                                .collect(Collectors.groupingBy(Report::milliseconds))
                                .entrySet()
                                .stream()
                                .map(delay -> new Point(
                                        delay.getKey(),
                                        Spread.of(delay.getValue().stream().mapToDouble(Round::rowsPerSecond))
                                                .median()))
                                .sorted((a, b) -> Double.compare(a.x(), b.x()))
                                .toList()))
                .toList();
        return new LinePlot(
                "Small rows written, by how long a request takes",
                new Axis("delay of the server, ms", false),
                new Axis("rows per second", true),
                lines);
    }

    private LinePlot merging() {
        SkewedChanges changes = new SkewedChanges();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                "the key that waited longest goes first",
                IntStream.of(WINDOWS)
                        .mapToObj(size -> new Point(size, MergingModel.window(changes, size)))
                        .toList()));
        lines.add(new Line(
                "batches, each de-duplicated",
                IntStream.of(WINDOWS)
                        .mapToObj(size -> new Point(size, MergingModel.batches(changes, size)))
                        .toList()));
        for (String delay : List.of("0 ms", "5 ms", "20 ms")) {
            double written = Spread.of(of("skew")
                            .filter(round -> round.setting().equals(delay)
                                    && round.contender().equals("skewed-flink-dynamirror"))
                            .mapToDouble(Round::writtenPerRow))
                    .median();
            lines.add(new Line(
                    "dynamirror at " + delay,
                    List.of(new Point(WINDOWS[0], written), new Point(WINDOWS[WINDOWS.length - 1], written))));
        }
        return new LinePlot(
                "Write units of skewed small changes, by how many are merged",
                new Axis("changes or keys that wait to be merged", true),
                new Axis("items written per change", false),
                lines);
    }

    private LinePlot memory() {
        return new LinePlot(
                "Peak memory of the whole process",
                new Axis("rows written", true),
                new Axis("MB", false),
                contenders("growth").stream()
                        .map(name -> new Line(
                                Names.of(name),
                                of("growth")
                                        .filter(round -> round.contender().equals(name))
                                        .map(round -> new Point((double) round.rows(), round.peakMemoryBytes() / 1e6))
                                        .sorted((a, b) -> Double.compare(a.x(), b.x()))
                                        .toList()))
                        .toList());
    }

    private static double milliseconds(Round round) {
        return Double.parseDouble(round.setting().replace(" ms", ""));
    }
}
