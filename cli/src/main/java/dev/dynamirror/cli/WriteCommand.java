package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.flink.input.TextFormat;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.Transport;
import dev.dynamirror.mirror.VersionedDeletes;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.mirror.WriteSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.Preparation;
import dev.dynamirror.table.Replacement;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code dynamirror write}: mirrors a file into a table. */
@Command(
        name = "write",
        header = "Mirror a file, or standard input, into a DynamoDB table.",
        customSynopsis = "dynamirror write INPUT --table=NAME --partition-key=COLUMN [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  dynamirror write examples/greetings.md --table test --partition-key key \\",
            "                   --init-mode create_if_not_exists --local",
            "  dynamirror write - --format csv --schema \"user int, at str, text str?\" \\",
            "                   --table messages --partition-key user --sort-key at < messages.csv"
        })
final class WriteCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "INPUT",
            description = "The file to mirror; - reads standard input, to its end before the first row is written.")
    private String input = "";

    @Option(names = "--table", paramLabel = "NAME", required = true, order = 1, description = "The DynamoDB table.")
    private String table = "";

    @Option(
            names = "--partition-key",
            paramLabel = "COLUMN",
            required = true,
            order = 2,
            description = "The column that is the table's partition key.")
    private String partitionKey = "";

    @Option(
            names = "--sort-key",
            paramLabel = "COLUMN",
            order = 3,
            description = "The column that is the table's sort key, if any.")
    private @Nullable String sortKey;

    @Option(
            names = "--init-mode",
            paramLabel = "MODE",
            converter = InitModes.class,
            completionCandidates = InitModes.class,
            order = 4,
            description = {
                "What is done with the table first: default (it must be there, its items stay),"
                        + " create_if_not_exists, or replace (made anew, its old items are lost)."
            })
    private InitMode initMode = InitMode.DEFAULT;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            order = 5,
            description = "Its name in logs and metrics, if not the table's.")
    private @Nullable String name;

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

    @Option(
            names = "--on-bad-row",
            paramLabel = "ACTION",
            converter = BadRowActions.class,
            completionCandidates = BadRowActions.class,
            order = 8,
            description = "With a row that can't become an item: fail, or set-aside (into --bad-rows; exit status 3).")
    private OnBadRow onBadRow = OnBadRow.FAIL;

    @Option(names = "--bad-rows", paramLabel = "FOLDER", order = 9, description = "Where rows are set aside.")
    private @Nullable String badRows;

    @Option(
            names = "--unstorable-numbers",
            paramLabel = "ACTION",
            converter = NumberActions.class,
            completionCandidates = NumberActions.class,
            order = 10,
            description = "What becomes of a number that DynamoDB can't store: bad-row, or as-string.")
    private UnstorableNumbers unstorableNumbers = UnstorableNumbers.BAD_ROW;

    @Option(
            names = "--max-write-units-per-second",
            paramLabel = "UNITS",
            order = 11,
            description = "The most write units used a second. Else no limit.")
    private @Nullable Double maxWriteUnitsPerSecond;

    @Option(
            names = "--give-up-after",
            paramLabel = "TIME",
            converter = Durations.class,
            order = 12,
            description = "Fail if nothing gets through so long. Else 15min.")
    private Duration giveUpAfter = WriteSettings.DEFAULT_GIVE_UP_AFTER;

    @Option(
            names = "--write-mode",
            paramLabel = "MODE",
            converter = WriteModes.class,
            completionCandidates = WriteModes.class,
            order = 13,
            description = "put (whole items), or merge (other attributes stay).")
    private WriteMode writeMode = WriteMode.PUT;

    @Option(
            names = "--merge-deletes",
            paramLabel = "WHAT",
            converter = Removals.class,
            completionCandidates = Removals.class,
            order = 14,
            description = "What a delete removes if merged: item, attributes.")
    private @Nullable MergeDeletes mergeDeletes;

    @Option(
            names = "--ordering",
            paramLabel = "HOW",
            converter = Orderings.class,
            completionCandidates = Orderings.class,
            order = 15,
            description = "in-order, or versioned (DynamoDB compares versions).")
    private Ordering ordering = Ordering.IN_ORDER;

    @Option(
            names = "--version-column",
            paramLabel = "COLUMN",
            order = 16,
            description = "The version. Without it the mirror makes its own.")
    private @Nullable String versionColumn;

    @Option(
            names = "--versioned-deletes",
            paramLabel = "WHAT",
            converter = Deletions.class,
            completionCandidates = Deletions.class,
            order = 17,
            description = "What a delete does if versioned: tombstone, remove.")
    private @Nullable VersionedDeletes versionedDeletes;

    @Option(
            names = "--tombstone-retention",
            paramLabel = "TIME",
            converter = Durations.class,
            order = 18,
            description = "How long tombstones stay at least. Without it 1d.")
    private @Nullable Duration tombstoneRetention;

    @Option(
            names = "--transport",
            paramLabel = "WAY",
            converter = Transports.class,
            completionCandidates = Transports.class,
            order = 19,
            description = "direct, or sdk (the same by the AWS SDK's client).")
    private Transport transport = Transport.DIRECT;

    @Mixin
    private TableOptions tableOptions = new TableOptions();

    @Option(
            names = "--yes",
            order = 60,
            description = "Don't ask on a terminal before --init-mode replace deletes items.")
    private boolean yes;

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    WriteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        MirrorSettings.Builder mirror = mirror();
        TextFormat textFormat = format();
        Counts counts = new Counts();
        try (Interruption interruption = Interruption.ofThisThread()) {
            try {
                mirror(mirror, textFormat, counts);
            } catch (InterruptedException stopped) {
                return stopped(counts, start);
            } catch (RuntimeException | LinkageError failure) {
                // What is interrupted fails in many ways, in a class's initializer too.
                if (!interruption.asked()) {
                    throw failure;
                }
                return stopped(counts, start);
            }
            console.results().append(report(counts, start)).append('\n').flush();
            return counts.rowsSetAside() > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
        }
    }

    private int stopped(Counts counts, long start) {
        console.say("stopped; so far " + report(counts, start));
        return Dynamirror.STOPPED;
    }

    private void mirror(MirrorSettings.Builder mirror, TextFormat textFormat, Counts counts)
            throws InterruptedException {
        try (Database database = local.open(console::say)) {
            database.check();
            database.addTo(mirror);
            try (Input text = input(textFormat)) {
                TextFile rows = text.text(schema);
                try (MirrorJob job = MirrorJob.declare(rows, mirror, counts)) {
                    database.awaitReady();
                    if (initMode == InitMode.REPLACE) {
                        confirmReplacement(mirror.build().preparation(rows.schema()), database);
                    }
                    job.run();
                }
            }
        }
    }

    /** Says what is lost with a table that has items, and asks, if there is somebody to ask. */
    private void confirmReplacement(Preparation preparation, Database database) {
        try (Connection connection = database.connect()) {
            TablePreparer preparer = new TablePreparer(connection.client());
            Optional<Replacement> replacement = preparer.replacement(preparation);
            if (replacement.isEmpty() || !preparer.hasItems(replacement.get())) {
                return;
            }
            console.say(
                    "replacing table " + table + " loses " + replacement.get().losses());
            if (!replacement.get().kept().isEmpty()) {
                console.say("the new one has " + replacement.get().kept()
                        + "; should this command end before it is there, this makes it:\n  "
                        + String.join("\n  ", replacement.get().commands()));
            }
        }
        if (!yes && !console.confirms("Replace table " + table + "?")) {
            throw new MirrorException("table " + table + " is not replaced, as you said; nothing is changed");
        }
    }

    private Input input(TextFormat textFormat) throws InterruptedException {
        return input.equals(STANDARD_INPUT)
                ? Input.stream(console.input(), textFormat)
                : Input.file(Path.of(input), textFormat);
    }

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

    private MirrorSettings.Builder mirror() {
        try {
            MirrorSettings.Builder mirror =
                    DynamoDb.table(table).partitionKey(partitionKey).initMode(initMode);
            mirror.onBadRow(onBadRow).unstorableNumbers(unstorableNumbers);
            if (badRows != null) {
                mirror.badRows(badRows);
            }
            addWriting(mirror);
            mirror.tableSettings(tableOptions.settings());
            if (sortKey != null) {
                mirror.sortKey(sortKey);
            }
            if (name != null) {
                mirror.name(name);
            }
            mirror.build();
            return mirror;
        } catch (MirrorException refused) {
            throw wrongUsage(String.valueOf(refused.getMessage()));
        }
    }

    private void addWriting(MirrorSettings.Builder mirror) {
        mirror.giveUpAfter(giveUpAfter).writeMode(writeMode).ordering(ordering).transport(transport);
        if (maxWriteUnitsPerSecond != null) {
            mirror.maxWriteUnitsPerSecond(maxWriteUnitsPerSecond);
        }
        if (mergeDeletes != null) {
            mirror.mergeDeletes(mergeDeletes);
        }
        if (versionColumn != null) {
            mirror.versionColumn(versionColumn);
        }
        if (versionedDeletes != null) {
            mirror.versionedDeletes(versionedDeletes);
        }
        if (tombstoneRetention != null) {
            mirror.tombstoneRetention(tombstoneRetention);
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private String report(Counts counts, long start) {
        String report = String.format(
                Locale.ROOT,
                "table %s: %d rows read, %d items put, %d deleted, in %.1f s",
                table,
                counts.rowsRead(),
                counts.itemsPut(),
                counts.itemsDeleted(),
                (System.nanoTime() - start) / 1e9);
        long setAside = counts.rowsSetAside();
        return setAside == 0 ? report : report + "; " + setAside + " rows set aside in " + badRows;
    }

    static final class Formats extends Words<TextFormat> {
        Formats() {
            super(TextFormat.class, '-');
        }
    }

    static final class BadRowActions extends Words<OnBadRow> {
        BadRowActions() {
            super(OnBadRow.class, '-');
        }
    }

    static final class NumberActions extends Words<UnstorableNumbers> {
        NumberActions() {
            super(UnstorableNumbers.class, '-');
        }
    }

    static final class WriteModes extends Words<WriteMode> {
        WriteModes() {
            super(WriteMode.class, '-');
        }
    }

    static final class Removals extends Words<MergeDeletes> {
        Removals() {
            super(MergeDeletes.class, '-');
        }
    }

    static final class Transports extends Words<Transport> {
        Transports() {
            super(Transport.class, '-');
        }
    }

    static final class Orderings extends Words<Ordering> {
        Orderings() {
            super(Ordering.class, '-');
        }
    }

    static final class Deletions extends Words<VersionedDeletes> {
        Deletions() {
            super(VersionedDeletes.class, '-');
        }
    }

    /** Durations as Flink's own options have them. */
    static final class Durations implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return MirrorJob.duration(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "expected a duration like 30s, 15min, 12h, 1d or PT15M, but was '" + text + "'");
            }
        }
    }

    static final class InitModes extends Words<InitMode> {
        InitModes() {
            super(InitMode.class, '_');
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
