package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.read.ItemReader;
import dev.dynamirror.read.SchemaGuess;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynamirror scan}: prints a table's items. */
@Command(
        name = "scan",
        header = "Print the items of a DynamoDB table, sorted by key.",
        description = {"", "The whole table is read into memory before its first item is printed."},
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  dynamirror scan test --local",
            "  dynamirror scan test --format dynamodb-json > test.json",
            "  dynamirror scan test --show-schema",
            "  dynamirror scan test --schema \"key int, value str?\" --format jsonl"
        })
final class ScanCommand implements Callable<Integer> {

    /** What would end the line, or what the terminal would take for a command; a schema has no escapes for it. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    @Parameters(paramLabel = "NAME", description = "The table's name.")
    private String table = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Formats.class,
            completionCandidates = Formats.class,
            order = 1,
            description = "How an item is printed: ${COMPLETION-CANDIDATES}. Without it table.")
    private @Nullable ScanFormat format;

    @Option(
            names = "--schema",
            paramLabel = "SCHEMA",
            converter = InputOptions.Schemas.class,
            order = 2,
            description = {
                "Read these columns, like \"key int, value str?\" (? may be absent); an item that doesn't fit is an"
                        + " error. Without it all attributes are read as they are."
            })
    private @Nullable Schema schema;

    @Option(
            names = "--unstorable-numbers",
            paramLabel = "WHAT",
            converter = MirrorOptions.NumberActions.class,
            completionCandidates = MirrorOptions.NumberActions.class,
            order = 3,
            description = "as-string if write was told so: then a number that is stored as a string fits a float or a"
                    + " decimal. Without it bad-row.")
    private UnstorableNumbers unstorableNumbers = UnstorableNumbers.BAD_ROW;

    @Option(
            names = "--show-schema",
            order = 4,
            description = "Print no items, but the schema that they all fit, as --schema takes it.")
    private boolean showSchema;

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    ScanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (showSchema && (schema != null || format != null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--show-schema prints no items; leave out " + (schema == null ? "--format" : "--schema"));
        }
        Stream<String> lines;
        try (Database database = local.open(console::say);
                Connection connection = database.connect()) {
            lines = showSchema ? Stream.of(inferredSchema(connection)) : items(connection);
        }
        Writer results = console.results();
        for (String line : (Iterable<String>) lines::iterator) {
            results.append(line).append('\n');
        }
        results.flush();
        return Dynamirror.DONE;
    }

    private Stream<String> items(Connection connection) {
        ScanFormat wanted = format == null ? ScanFormat.TABLE : format;
        return schema == null
                ? wanted.lines(TableScan.of(connection, table))
                : wanted.lines(TableScan.of(connection, table, schema, unstorableNumbers), schema, unstorableNumbers);
    }

    private String inferredSchema(Connection connection) {
        ItemReader items = new ItemReader(connection, ItemReader.describe(connection, table), List.of());
        Schema inferred = SchemaGuess.from(items, Long.MAX_VALUE).schema();
        String line = inferred.toString();
        if (UNPRINTABLE.matcher(line).find()) {
            throw new MirrorException(
                    "table " + table + ": the schema can't be shown, as an attribute's name has control"
                            + " characters; the columns are "
                            + inferred.names().stream().map(ItemTable::name).collect(Collectors.joining(", ")));
        }
        return line;
    }

    static final class Formats extends Words<ScanFormat> {
        Formats() {
            super(ScanFormat.class, '-');
        }
    }
}
