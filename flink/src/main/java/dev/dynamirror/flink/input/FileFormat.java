package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.connector.file.src.compression.StandardDeCompressors;

/** A format of files that a live table can be read from. */
public enum FileFormat {
    /** A markdown table, alone or within a document. */
    MARKDOWN(".md"),
    /** Comma-separated values with a header line (RFC 4180). */
    CSV(".csv"),
    /** JSON Lines: one JSON object a line. */
    JSONL(".jsonl"),
    /** Apache Parquet: rows by columns, in bytes. */
    PARQUET(".parquet"),
    /** JSON Lines of Debezium's change events: each tells what a row was before, and what it is after the change. */
    DEBEZIUM_JSON("");

    private final String ending;

    FileFormat(String ending) {
        this.ending = ending;
    }

    /**
     * The format that a file's name says by its ending, in upper or lower case, also before that of a compressed file.
     *
     * @throws MirrorException if it says none; the message lists the formats
     */
    public static FileFormat ofFile(Path path) {
        return ofName(path.toString());
    }

    /**
     * The format that the names of files tell: each input is a file, a directory, or a pattern of names.
     *
     * @throws MirrorException if they tell none, or several; the message lists the formats
     */
    public static FileFormat ofInputs(List<String> inputs) {
        InputFiles files = new InputFiles(inputs);
        return files.isOneFile() ? ofName(inputs.get(0)) : files.format();
    }

    /**
     * Checks that what reads the format is there: Parquet's reader is in a jar of its own.
     *
     * @throws MirrorException if it is not
     */
    void requireReader(ClassLoader classes) {
        if (this != PARQUET) {
            return;
        }
        try {
            Class.forName("dev.dynamirror.parquet.ParquetFile", false, classes);
        } catch (ClassNotFoundException e) {
            throw new MirrorException(
                    "reading Parquet takes the jar dynamirror-parquet, which isn't on the class path; add it, on a cluster"
                            + " to Flink's lib folder",
                    e);
        }
    }

    static FileFormat ofName(String name) {
        return named(name)
                .orElseThrow(() -> new MirrorException(name
                        + ": the name doesn't tell the file's format, which must be given then: one of " + list()));
    }

    static boolean isKnown(String name) {
        return named(name).isPresent();
    }

    /** Whether a directory's file of that name is of this format; any may be, if no name can say so. */
    boolean isOf(String name) {
        return ending.isEmpty() || named(name).equals(Optional.of(this));
    }

    private static Optional<FileFormat> named(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        int last = name.lastIndexOf('.');
        String unpacked =
                last >= 0 && StandardDeCompressors.getDecompressorForExtension(name.substring(last + 1)) != null
                        ? name.substring(0, last)
                        : name;
        return Arrays.stream(values())
                .filter(format -> !format.ending.isEmpty()
                        // Parquet is compressed inside, and can't be read as a stream.
                        && (format == PARQUET ? name : unpacked).endsWith(format.ending))
                .findFirst();
    }

    /** All formats in words, for errors and help: {@code markdown (.md), csv (.csv)} and so on. */
    public static String list() {
        return Arrays.stream(values())
                .map(format -> format.ending.isEmpty() ? format.toString() : format + " (" + format.ending + ")")
                .collect(Collectors.joining(", "));
    }

    /** The format's name as the command line takes it: {@code markdown}, {@code csv}, {@code debezium-json}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
