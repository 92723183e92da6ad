package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.flink.input.TextFormat;
import dev.dynamirror.value.Schema;
import java.nio.file.Path;
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
            description = "The file of the live table; - reads standard input, to its end before anything is done.")
    private String input = "";

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
            description = "${COMPLETION-CANDIDATES}. Without it the file's ending says: .md, .csv, .jsonl.")
    private @Nullable TextFormat format;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private TextFormat format() {
        if (format != null) {
            return format;
        }
        if (input.equals(STANDARD_INPUT)) {
            throw wrongUsage("standard input has no ending that would tell its format; give --format");
        }
        try {
            return TextFormat.ofFile(Path.of(input));
        } catch (MirrorException unknown) {
            throw wrongUsage(String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Checks that the format of the rows is known.
     *
     * @throws ParameterException if nothing tells it
     */
    void checkFormat() {
        TextFormat unused = format();
    }

    /** Opens the input; returns at the end of standard input, if that is it. */
    Input open(Console console) throws InterruptedException {
        return input.equals(STANDARD_INPUT)
                ? Input.stream(console.input(), format())
                : Input.file(Path.of(input), format());
    }

    /** The rows of the opened input. */
    TextFile rows(Input opened) {
        return opened.text(schema);
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    static final class Formats extends Words<TextFormat> {
        Formats() {
            super(TextFormat.class, '-');
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
