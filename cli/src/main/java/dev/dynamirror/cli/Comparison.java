package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.flink.input.TextFile;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.Difference;
import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.Verification;
import dev.dynamirror.table.TableSummary;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison of the input with a table, and what a command prints of it. */
final class Comparison {

    private static final String NOTHING_WRITTEN = "nothing is written in a dry run";

    private final Console console;
    private final InputOptions input;
    private final LocalOption local;
    private final MirrorSettings.Builder mirror;

    Comparison(Console console, InputOptions input, LocalOption local, MirrorSettings.Builder mirror) {
        this.console = console;
        this.input = input;
        this.local = local;
        this.mirror = mirror;
    }

    /**
     * Compares and tells what was found.
     *
     * @param output the file of all differences, or null
     * @return the exit status
     */
    int verify(@Nullable Path output) throws IOException {
        return orEnd(() -> {
            try (Database database = local.open(console::say)) {
                database.addTo(mirror);
                Verification found = compare(database, output);
                if (!found.totals().areEqual()) {
                    return Dynamirror.FAILED;
                }
                return found.rowsSetAside() > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
            }
        });
    }

    /**
     * Tells what reconciling would do.
     *
     * @return the exit status
     * @throws dev.dynamirror.error.MirrorException if reconciling would delete too many items
     */
    int dryRun() throws IOException {
        return orEnd(() -> {
            try (Database database = local.open(console::say)) {
                database.addTo(mirror);
                MirrorSettings settings = mirror.build();
                if (isMissing(database, settings.tableName())) {
                    console.results()
                            .append("table " + settings.tableName()
                                    + " doesn't exist; reconciling creates it and puts all rows\n")
                            .flush();
                    console.say(NOTHING_WRITTEN);
                    return Dynamirror.DONE;
                }
                Verification found = compare(database, null);
                settings.reconcile().deletes().check(settings.tableName(), found.totals());
                console.say(NOTHING_WRITTEN);
                return found.rowsSetAside() > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
            }
        });
    }

    private int orEnd(Interruption.Work work) throws IOException {
        return Interruption.orEnd(work, () -> {
            console.say("stopped; nothing was written");
            return Dynamirror.STOPPED;
        });
    }

    private static boolean isMissing(Database database, String table) {
        try (Connection connection = database.connect()) {
            return TableSummary.isMissing(connection, table);
        }
    }

    private Verification compare(Database database, @Nullable Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        database.check();
        try (Input opened = input.open(console)) {
            TextFile rows = input.rows(opened, mirror.buildForVerifying().keyColumns());
            database.awaitReady();
            Verification found = MirrorJob.compare(rows, mirror, output);
            print(found, output, (System.nanoTime() - start) / 1e9);
            return found;
        }
    }

    private void print(Verification found, @Nullable Path output, double seconds) throws IOException {
        DifferenceTotals totals = found.totals();
        Writer results = console.results();
        results.append(String.format(
                Locale.ROOT,
                "table %s: %d equal, %d missing, %d unexpected, %d different, in %.1f s\n",
                mirror.buildForVerifying().tableName(),
                totals.equal(),
                totals.missing(),
                totals.unexpected(),
                totals.different(),
                seconds));
        for (Difference difference : found.firstDifferences()) {
            results.append("  ").append(difference.toString()).append('\n');
        }
        long more = totals.missing()
                + totals.unexpected()
                + totals.different()
                - found.firstDifferences().size();
        if (more > 0) {
            results.append(String.format(
                    Locale.ROOT, "  and %d more%s\n", more, output == null ? "" : ", all of them in " + output));
        }
        if (found.rowsSetAside() > 0) {
            results.append(
                    String.format(Locale.ROOT, "%d rows can't become items and are left out\n", found.rowsSetAside()));
        }
        results.append(String.format(
                Locale.ROOT, "checksum of the rows %s, of the items %s\n", totals.expected(), totals.found()));
        if (!totals.areEqual()) {
            results.append(String.format(
                    Locale.ROOT, "repairing costs %d write units, without indexes\n", totals.writeUnits()));
        }
        results.flush();
    }
}
