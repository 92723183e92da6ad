package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A format that a live table can be read from as text. */
public enum TextFormat {
    /** A markdown table, alone or within a document. */
    MARKDOWN(".md"),
    /** Comma-separated values with a header line (RFC 4180). */
    CSV(".csv"),
    /** JSON Lines: one JSON object a line. */
    JSONL(".jsonl");

    private final String ending;

    TextFormat(String ending) {
        this.ending = ending;
    }

    /**
     * The format that a file's name says by its ending, in upper or lower case.
     *
     * @throws MirrorException if it says none; the message lists the formats
     */
    public static TextFormat ofFile(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending))
                .findFirst()
                .orElseThrow(() -> new MirrorException(path
                        + ": the name doesn't tell the file's format, which must be given then: one of " + list()));
    }

    /** All formats in words, for errors and help: {@code markdown (.md), csv (.csv), jsonl (.jsonl)}. */
    public static String list() {
        return Arrays.stream(values())
                .map(format -> format + " (" + format.ending + ")")
                .collect(Collectors.joining(", "));
    }

    /** The format's name as the command line takes it: {@code markdown}, {@code csv}, {@code jsonl}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
