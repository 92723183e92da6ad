package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of a live table: where its rows are, and what they are. */
final class InputOptions {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description =
                    "The files of the live table: files, directories, 'patterns*', or URIs of Flink's file systems;"
                            + " or -, standard input, which is read to its end before anything is done.")
    private List<String> inputs = List.of();

    @Option(
            names = "--schema",
            paramLabel = "SCHEMA",
            converter = Schemas.class,
            order = 6,
            description = {
                "The columns and their types, like \"key int, value str?\" (? may be absent)."
                        + " Without it they are inferred from the input."
            })
    private @Nullable Schema schema;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Formats.class,
            completionCandidates = Formats.class,
            order = 7,
            description = "${COMPLETION-CANDIDATES}. Else the ending says: .md, .csv, .jsonl, .parquet.")
    private @Nullable FileFormat format;

    @Option(
            names = "--change-column",
            paramLabel = "COLUMN",
            order = 7,
            description = "Says insert, update or delete of each row; or, as __diff__ does unasked, 1 or -1.")
    private @Nullable String changeColumn;

    @Option(
            names = "--primary-key",
            paramLabel = "COLUMN",
            split = ",",
            order = 7,
            description = "What rows replace each other by, if not the table's key.")
    private List<String> primaryKey = List.of();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private FileFormat format() {
        if (format != null) {
            return format;
        }
        if (isStandardInput()) {
            throw wrongUsage("standard input has no ending that would tell its format; give --format");
        }
        try {
            return FileFormat.ofInputs(inputs);
        } catch (MirrorException unknown) {
            throw wrongUsage(String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Checks that the format of the rows is known.
     *
     * @throws ParameterException if nothing tells it, or standard input is one of several inputs
     */
    void checkFormat() {
        if (inputs.size() > 1 && inputs.contains(STANDARD_INPUT)) {
            throw wrongUsage("standard input (-) can't be one of several inputs");
        }
        FileFormat unused = format();
    }

    boolean isStandardInput() {
        return inputs.equals(List.of(STANDARD_INPUT));
    }

    /** Opens the input; returns at the end of standard input, if that is it. */
    Input open(Console console) throws InterruptedException {
        return isStandardInput() ? Input.stream(console.input(), format()) : Input.files(inputs, format());
    }

    /** The rows of the opened input; without another primary key they are known by that key. */
    FileInput rows(Input opened, List<String> tableKey) {
        FileInput files = opened.files().primaryKey(primaryKey.isEmpty() ? tableKey : primaryKey);
        FileInput withSchema = schema == null ? files : files.schema(schema);
        return changeColumn == null ? withSchema : withSchema.changeColumn(changeColumn);
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    static final class Formats extends Words<FileFormat> {
        Formats() {
            super(FileFormat.class, '-');
        }
    }

    static final class Schemas implements ITypeConverter<Schema> {
        @Override
        public Schema convert(String text) {
            try {
                return Schema.parse(text);
            } catch (MirrorException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
