package dev.dynamirror.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of the results, in markdown. */
final class Tables {

    private final List<Round> rounds;

    Tables(List<Round> rounds) {
        this.rounds = rounds;
    }

    /** What each contender of a section costs. */
    String costs(String section) {
        return "| | CPU, µs per row | rows per second | heap allocated, bytes per row | peak memory, MB |\n"
                + "|---|---|---|---|---|\n"
                + contenders(section)
                        .map(contender -> {
                            List<Round> own = of(section, "0 ms", contender);
                            return "| " + Names.of(contender) + " | "
                                    + spread(own, Round::cpuMicrosPerRow).text(2) + " | "
                                    + spread(own, Round::rowsPerSecond).text(0) + " | "
                                    + Spread.number(
                                            spread(own, Round::allocatedBytesPerRow)
                                                    .median(),
                                            0) + " | "
                                    + Spread.number(peak(own), 0) + " |";
                        })
                        .collect(Collectors.joining("\n"));
    }

    /** How many rows a second each contender writes after each delay. */
    String delays() {
        return "| rows per second | 0 ms | 5 ms | 20 ms |\n|---|---|---|---|\n"
                + contenders("delays")
                        .map(contender -> "| " + Names.of(contender) + " | " + speed("small", "0 ms", contender) + " | "
                                + speed("delays", "5 ms", contender) + " | " + speed("delays", "20 ms", contender)
                                + " |")
                        .collect(Collectors.joining("\n"));
    }

    /** The comparisons that the targets speak of. */
    String ratios() {
        return "| | measured | target |\n|---|---|---|\n"
                + line(
                        "CPU per small row, core : SDK async with Netty",
                        new Ratio("small", "0 ms", "core", "sdk-async-netty"),
                        Round::cpuMicrosPerRow,
                        "at most 0.143 (1/7)")
                + line(
                        "CPU per small row, Flink job : with Flink's own sink",
                        new Ratio("small", "0 ms", "flink-dynamirror", "flink-dynamodb"),
                        Round::cpuMicrosPerRow,
                        "at most 0.167 (1/6)")
                + line(
                        "rows per second at 0 ms, Flink job : with Flink's own sink",
                        new Ratio("small", "0 ms", "flink-dynamirror", "flink-dynamodb"),
                        Round::rowsPerSecond,
                        "at least 5")
                + line(
                        "the same at 5 ms",
                        new Ratio("delays", "5 ms", "flink-dynamirror", "flink-dynamodb"),
                        Round::rowsPerSecond,
                        "at least 3")
                + line(
                        "the same at 20 ms",
                        new Ratio("delays", "20 ms", "flink-dynamirror", "flink-dynamodb"),
                        Round::rowsPerSecond,
                        "at least 3")
                + line(
                        "CPU per 2 KB row, Flink job : with Flink's own sink",
                        new Ratio("large", "0 ms", "flink-dynamirror", "flink-dynamodb"),
                        Round::cpuMicrosPerRow,
                        "at most 0.25 (1/4)")
                + line(
                        "CPU per small row, Flink job : floor",
                        new Ratio("small", "0 ms", "flink-dynamirror", "floor"),
                        Round::cpuMicrosPerRow,
                        "at most 5")
                + line(
                        "CPU per small row, core with TLS : without",
                        new Ratio("tls", "0 ms", "core-tls", "core"),
                        Round::cpuMicrosPerRow,
                        "at most 1.4")
                + line(
                        "skewed changes, items written by batches of 25 : by the Flink job, at 0 ms",
                        new Ratio("skew", "0 ms", "skewed-batches", "skewed-flink-dynamirror"),
                        Round::written,
                        "at least 2.5")
                + line(
                        "the same at 5 ms",
                        new Ratio("skew", "5 ms", "skewed-batches", "skewed-flink-dynamirror"),
                        Round::written,
                        "at least 2.5")
                + line(
                        "the same at 20 ms",
                        new Ratio("skew", "20 ms", "skewed-batches", "skewed-flink-dynamirror"),
                        Round::written,
                        "at least 2.5");
    }

    /** How much of the skewed changes is written. */
    String skew() {
        return "| items written per change | 0 ms | 5 ms | 20 ms |\n|---|---|---|---|\n"
                + contenders("skew")
                        .map(contender -> "| " + Names.of(contender) + " | " + written("0 ms", contender) + " | "
                                + written("5 ms", contender) + " | " + written("20 ms", contender) + " |")
                        .collect(Collectors.joining("\n"));
    }

    /** What more rows cost. */
    String growth() {
        Map<Long, List<Round>> bySize = new TreeMap<>(rounds.stream()
                .filter(round -> round.section().equals("growth"))
                .collect(Collectors.groupingBy(Round::rows)));
        return "| | rows | seconds | CPU, µs per row | peak memory so far, MB |\n|---|---|---|---|---|\n"
                + bySize.values().stream()
                        .flatMap(List::stream)
                        .sorted((a, b) -> Names.order().indexOf(a.contender())
                                - Names.order().indexOf(b.contender()))
                        .map(round -> "| " + Names.of(round.contender()) + " | "
                                + Spread.number((double) round.rows(), 0) + " | "
                                + Spread.number(round.seconds(), 2) + " | "
                                + Spread.number(round.cpuMicrosPerRow(), 2) + " | "
                                + Spread.number(round.peakMemoryBytes() / 1e6, 0) + " |")
                        .collect(Collectors.joining("\n"));
    }

    /** How fast DynamoDB Local is written to. */
    String local() {
        return "| | rows per second | CPU, µs per row |\n|---|---|---|\n"
                + contenders("local")
                        .map(contender -> {
                            List<Round> own = of("local", "DynamoDB Local", contender);
                            return "| " + Names.of(contender) + " | "
                                    + spread(own, Round::rowsPerSecond).text(0) + " | "
                                    + spread(own, Round::cpuMicrosPerRow).text(1) + " |";
                        })
                        .collect(Collectors.joining("\n"));
    }

    private Stream<String> contenders(String section) {
        return Names.order().stream()
                .filter(contender -> rounds.stream()
                        .anyMatch(round -> round.section().equals(section)
                                && round.contender().equals(contender)));
    }

    private List<Round> of(String section, String setting, String contender) {
        return rounds.stream()
                .filter(round -> round.section().equals(section)
                        && round.setting().equals(setting)
                        && round.contender().equals(contender))
                .toList();
    }

    private String line(String what, Ratio ratio, ToDoubleFunction<Round> figure, String target) {
        Spread spread = ratio.of(rounds, figure);
        return "| " + what + " | " + (spread == null ? "not run" : spread.text(spread.median() < 1 ? 3 : 2)) + " | "
                + target + " |\n";
    }

    private String speed(String section, String setting, String contender) {
        return text(of(section, setting, contender), Round::rowsPerSecond, 0);
    }

    private String written(String setting, String contender) {
        return text(of("skew", setting, contender), Round::writtenPerRow, 3);
    }

    private static String text(List<Round> rounds, ToDoubleFunction<Round> figure, int digits) {
        @Nullable Spread spread = rounds.isEmpty() ? null : spread(rounds, figure);
        return spread == null ? "not run" : spread.text(digits);
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure));
    }

    private static double peak(List<Round> rounds) {
        return rounds.stream().mapToLong(Round::peakMemoryBytes).max().orElse(0) / 1e6;
    }
}
