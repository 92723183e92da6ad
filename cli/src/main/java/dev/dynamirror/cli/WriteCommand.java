package dev.dynamirror.cli;

import dev.dynamirror.cli.Counts.Count;
import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Transport;
import dev.dynamirror.mirror.WriteSettings;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.Preparation;
import dev.dynamirror.table.Replacement;
import dev.dynamirror.table.TablePreparer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code dynamirror write}: mirrors a file into a table. */
@Command(
        name = "write",
        header = "Mirror files, or standard input, into a DynamoDB table.",
        customSynopsis = "dynamirror write INPUT... --table=NAME --partition-key=COLUMN [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  dynamirror write examples/greetings.md --table test --partition-key key \\",
            "                   --init-mode create_if_not_exists --local",
            "  dynamirror write - --format csv --schema \"user int, at str, text str?\" \\",
            "                   --table messages --partition-key user --sort-key at < messages.csv",
            "  dynamirror write orders/ --watch --table orders --partition-key id"
        })
final class WriteCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(names = "--watch", order = 7, description = "Don't end, but follow files and directories as they change.")
    private boolean watch;

    @Mixin
    private MirrorOptions options = new MirrorOptions();

    @Option(
            names = "--init-mode",
            paramLabel = "MODE",
            converter = InitModes.class,
            completionCandidates = InitModes.class,
            order = 4,
            description = {
                "What is done with the table first: default (it must be there, its items stay),"
                        + " create_if_not_exists, replace (made anew, its items are lost), or reconcile"
                        + " (what differs is written, what the input hasn't is deleted)."
            })
    private InitMode initMode = InitMode.DEFAULT;

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

    @Option(
            names = "--max-deletes",
            paramLabel = "MOST",
            converter = MaxDeletesOrShare.class,
            order = 22,
            description = "The most that reconcile deletes: 1000, or 10%%.")
    private @Nullable MaxDeletes maxDeletes;

    @Option(names = "--dry-run", order = 24, description = "Print what reconcile would do, and write nothing.")
    private boolean dryRun;

    @Mixin
    private TableOptions tableOptions = new TableOptions();

    @Option(
            names = "--yes",
            order = 60,
            description = "Don't ask on a terminal before --init-mode replace deletes items.")
    private boolean yes;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private MonitoringOptions monitoring = new MonitoringOptions();

    @Mixin
    private SummaryOption summary = new SummaryOption();

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
    public Integer call() throws IOException, InterruptedException {
        if (dryRun && initMode != InitMode.RECONCILE) {
            throw wrongUsage(
                    "--dry-run prints what reconciling would do; set --init-mode to reconcile, or leave it out");
        }
        MirrorSettings.Builder mirror = mirror();
        // Before a database is started.
        input.checkFormat();
        if (watch && input.isStandardInput()) {
            throw wrongUsage("--watch follows files and directories, but standard input is neither");
        }
        if (engine.isCluster()) {
            checkForCluster();
        }
        if (dryRun) {
            return new Comparison(console, input, local, mirror).dryRun();
        }
        long start = System.nanoTime();
        Counts counts = new Counts();
        return Interruption.orEnd(
                () -> {
                    mirror(mirror, counts);
                    if (engine.isCluster()) {
                        return Dynamirror.DONE;
                    }
                    console.results().append(report(counts, start)).append('\n').flush();
                    return counts.all(Count.ROWS_SET_ASIDE) > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
                },
                () -> {
                    console.say("stopped; so far " + report(counts, start));
                    return Dynamirror.STOPPED;
                });
    }

    private void checkForCluster() {
        if (local.isGiven() || monitoring.isGiven() || dryRun) {
            throw wrongUsage(
                    "--local, --dashboard, --metrics-port and --dry-run are for jobs inside this process; leave out"
                            + " --cluster, or them");
        }
        if (watch && initMode == InitMode.RECONCILE) {
            throw wrongUsage(
                    "a cluster can't reconcile files that are followed, whose rows this process holds in memory");
        }
        if (input.isStandardInput()) {
            throw wrongUsage("a cluster can't read standard input; give a file that all its machines can read");
        }
    }

    private void mirror(MirrorSettings.Builder mirror, Counts counts) throws IOException, InterruptedException {
        try (Database database = local.open(console::say)) {
            database.check();
            database.addTo(mirror);
            try (Input opened = input.open(console)) {
                FileInput files = input.rows(opened, mirror.build().keyColumns());
                FileInput rows = watch ? files.followed() : files;
                try (MirrorJob job = MirrorJob.declare(rows, mirror, engine.open(counts, monitoring))) {
                    database.awaitReady();
                    if (initMode == InitMode.REPLACE) {
                        confirmReplacement(mirror.build().preparation(rows.schema()), database);
                    }
                    if (engine.isCluster()) {
                        console.results()
                                .append(engine.submit(job))
                                .append('\n')
                                .flush();
                        return;
                    }
                    run(job, mirror.build(), counts, database);
                }
            }
        }
    }

    private void run(MirrorJob job, MirrorSettings mirror, Counts counts, Database database)
            throws InterruptedException {
        if (!monitoring.hasDashboard()) {
            // Which alone needs another connection.
            monitoring.run(job, console, counts, Map::of, List::of);
            return;
        }
        Supplier<List<String>> badRows =
                options.badRows() == null ? List::of : new LastBadRows(Path.of(options.badRows()));
        try (Connection connection = database.connect()) {
            monitoring.run(
                    job, console, counts, new DescribedTable(connection, mirror.name(), mirror.tableName()), badRows);
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
            console.say("replacing table " + options.table() + " loses "
                    + replacement.get().losses());
            if (!replacement.get().kept().isEmpty()) {
                console.say("the new one has " + replacement.get().kept()
                        + "; should this command end before it is there, this makes it:\n  "
                        + String.join("\n  ", replacement.get().commands()));
            }
        }
        if (!yes && !console.confirms("Replace table " + options.table() + "?")) {
            throw new MirrorException("table " + options.table() + " is not replaced, as you said; nothing is changed");
        }
    }

    private MirrorSettings.Builder mirror() {
        try {
            MirrorSettings.Builder mirror = options.mirror()
                    .initMode(initMode)
                    .giveUpAfter(giveUpAfter)
                    .transport(transport)
                    .tableSettings(tableOptions.settings());
            if (maxWriteUnitsPerSecond != null) {
                mirror.maxWriteUnitsPerSecond(maxWriteUnitsPerSecond);
            }
            if (tombstoneRetention != null) {
                mirror.tombstoneRetention(tombstoneRetention);
            }
            if (maxDeletes != null) {
                mirror.maxDeletes(maxDeletes);
            }
            mirror.build();
            return mirror;
        } catch (MirrorException refused) {
            throw wrongUsage(String.valueOf(refused.getMessage()));
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private String report(Counts counts, long start) {
        long setAside = counts.all(Count.ROWS_SET_ASIDE);
        return summary.of(
                "table " + options.table() + ": " + counts.all(Count.ROWS_READ) + " rows read, ",
                counts,
                System.nanoTime() - start,
                setAside == 0 ? "" : "; " + setAside + " rows set aside in " + options.badRows());
    }

    static final class Transports extends Words<Transport> {
        Transports() {
            super(Transport.class, '-');
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

    static final class MaxDeletesOrShare implements ITypeConverter<MaxDeletes> {
        @Override
        public MaxDeletes convert(String text) {
            try {
                return MaxDeletes.parse(text);
            } catch (MirrorException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class InitModes extends Words<InitMode> {
        InitModes() {
            super(InitMode.class, '_');
        }
    }
}
