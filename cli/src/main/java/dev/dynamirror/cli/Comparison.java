package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileInput;
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
        return onDatabase(database -> {
            Verification found = compare(database, output);
            if (!found.totals().areEqual()) {
                return Dynamirror.FAILED;
            }
            return found.rowsSetAside() > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
        });
    }

    /**
     * Tells what reconciling would do.
     *
     * @return the exit status
     * @throws MirrorException if there is no table yet, or reconciling would delete too many items
     */
    int dryRun() throws IOException {
        return onDatabase(database -> {
            MirrorSettings settings = mirror.build();
            checkThere(database, settings.tableName());
            Verification found = compare(database, null);
            settings.reconcile().deletes().check(settings.tableName(), found.totals());
            console.say("nothing is written in a dry run");
            return found.rowsSetAside() > 0 ? Dynamirror.ROWS_SET_ASIDE : Dynamirror.DONE;
        });
    }

    /** What is done with a database, and the exit status of it. */
    private interface Work {
        int on(Database database) throws IOException, InterruptedException;
    }

    private int onDatabase(Work work) throws IOException {
        return Interruption.orEnd(
                () -> {
                    try (Database database = local.open(console::say)) {
                        database.check();
                        database.addTo(mirror);
                        return work.on(database);
                    }
                },
                () -> {
                    console.say("stopped; nothing was written");
                    return Dynamirror.STOPPED;
                });
    }

    /** The rows are not read where there is nothing to compare them with, so nothing is said of what they would become. */
    private static void checkThere(Database database, String table) {
        try (Connection connection = database.connect()) {
            if (TableSummary.isMissing(connection, table)) {
                throw new MirrorException(
                        "table " + table
                                + " doesn't exist, so there is nothing to compare; reconciling would create it, and put all rows");
            }
        }
    }

    private Verification compare(Database database, @Nullable Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Input opened = input.open(console)) {
            FileInput rows = input.rows(opened, mirror.buildForVerifying().keyColumns());
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
