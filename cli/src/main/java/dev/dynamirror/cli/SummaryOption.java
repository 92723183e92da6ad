package dev.dynamirror.cli;

import dev.dynamirror.cli.Counts.Count;
import dev.dynamirror.read.ItemJson;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The option {@code --summary}, and what is told of a job in the end. */
final class SummaryOption {

    /** How it is told. */
    enum Format {
        /** In words. */
        TEXT,
        /** A line of JSON for each mirror. */
        JSON
    }

    @Option(
            names = "--summary",
            paramLabel = "FORMAT",
            converter = Formats.class,
            completionCandidates = Formats.class,
            order = 61,
            description = "How it is told what was done: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.TEXT;

    /**
     * What is told of a job, without a line break at its end.
     *
     * @param what how the words begin
     * @param nanos how long it took
     * @param more what else the words say
     */
    String of(String what, Counts counts, long nanos, String more) {
        double seconds = nanos / 1e9;
        return format == Format.TEXT ? text(what, counts, seconds) + more : json(counts, seconds);
    }

    private static String text(String what, Counts counts, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s%s%d items put, %d deleted, in %.1f s",
                what,
                ifThere(counts, Count.ITEMS_EQUAL, " items equal, "),
                counts.all(Count.ITEMS_PUT),
                counts.all(Count.ITEMS_DELETED),
                seconds);
    }

    private static String ifThere(Counts counts, Count count, String what) {
        return counts.has(count) ? counts.all(count) + what : "";
    }

    private static String json(Counts counts, double seconds) {
        return counts.mirrors().stream()
                .map(mirror -> "{\"mirror\":" + ItemJson.PLAIN.value(AttributeValue.fromS(mirror)) + ","
                        + Stream.of(Count.values())
                                .filter(count -> count != Count.ROWS_READ)
                                .map(count -> "\"" + count.metric() + "\":" + counts.of(mirror, count))
                                .collect(Collectors.joining(","))
                        + String.format(Locale.ROOT, ",\"seconds\":%.3f}", seconds))
                .collect(Collectors.joining("\n"));
    }

    static final class Formats extends Words<Format> {
        Formats() {
            super(Format.class, '-');
        }
    }
}
