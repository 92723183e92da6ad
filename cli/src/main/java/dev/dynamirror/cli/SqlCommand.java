package dev.dynamirror.cli;

import dev.dynamirror.cli.Counts.Count;
import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dynamirror sql}: runs a script of Flink SQL. */
@Command(
        name = "sql",
        header = "Run a script of Flink SQL, with any number of mirrors, as one job.",
        customSynopsis = "dynamirror sql SCRIPT [OPTIONS]",
        description = {
            "",
            "What declares or sets something is executed at once, statement by statement; all INSERT statements run as"
                    + " one job at the end. A mirror is a table WITH ('connector' = 'dynamirror', ...). Files are"
                    + " read WITH ('connector' = 'filesystem', ...) in the formats csv, json and debezium-json."
        },
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  dynamirror sql examples/orders/orders.sql --local"})
final class SqlCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCRIPT", description = "The file; each statement ends with ; at the end of a line.")
    private Path script = Path.of("");

    @Option(
            names = "--jars",
            paramLabel = "JAR",
            split = ",",
            order = 1,
            description = "Jars of other connectors and formats, with commas between.")
    private List<Path> jars = List.of();

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

    SqlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (engine.isCluster()) {
            checkForCluster();
        }
        long start = System.nanoTime();
        String text = read(script);
        Counts counts = new Counts();
        return Interruption.orEnd(
                () -> {
                    run(text, counts);
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

    private void run(String text, Counts counts) throws IOException, InterruptedException {
        try (Database database = local.open(console::say)) {
            database.becomeThatOfTheEnvironment();
            try (MirrorJob job = MirrorJob.script(script, text, jars, engine.open(counts, monitoring))) {
                for (String line : job.told()) {
                    console.results().append(line).append('\n');
                }
                console.results().flush();
                if (engine.isCluster()) {
                    console.results().append(engine.submit(job)).append('\n').flush();
                    return;
                }
                database.awaitReady();
                monitoring.run(job, console, counts, Map::of, List::of);
            }
        }
    }

    private void checkForCluster() {
        if (local.isGiven() || monitoring.isGiven()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--local, --dashboard and --metrics-port are for jobs inside this process; leave out --cluster, or them");
        }
    }

    private static String read(Path script) throws IOException {
        try {
            return Files.readString(script);
        } catch (NoSuchFileException e) {
            throw new MirrorException(script + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new MirrorException(script + ": it is no text in UTF-8", e);
        }
    }

    private String report(Counts counts, long start) {
        long setAside = counts.all(Count.ROWS_SET_ASIDE);
        return summary.of(
                script + ": ",
                counts,
                System.nanoTime() - start,
                setAside == 0 ? "" : "; " + setAside + " rows set aside");
    }
}
