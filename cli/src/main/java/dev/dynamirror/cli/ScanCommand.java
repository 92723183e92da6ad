package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.read.TableScan;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            "  dynamirror scan test --format dynamodb-json > test.json"
        })
final class ScanCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The table's name.")
    private String table = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Formats.class,
            completionCandidates = Formats.class,
            order = 1,
            description = "How an item is printed: ${COMPLETION-CANDIDATES}. Without it table.")
    private ScanFormat format = ScanFormat.TABLE;

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    CommonOptions common = new CommonOptions();

    private final Console console;

    ScanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TableScan scan;
        try (Database database = local.open(console::say);
                Connection connection = database.connect()) {
            scan = TableScan.of(connection, table);
        }
        Writer results = console.results();
        for (String line : (Iterable<String>) format.lines(scan)::iterator) {
            results.append(line).append('\n');
        }
        results.flush();
        return Dynamirror.DONE;
    }

    static final class Formats extends Words<ScanFormat> {
        Formats() {
            super(ScanFormat.class, '-');
        }
    }
}
