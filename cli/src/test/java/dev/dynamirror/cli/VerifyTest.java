package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify}, {@code write --init-mode reconcile} and its dry run: what they print, and what the table is then. */
@WithLocalDynamoDb
final class VerifyTest {

    private static final String OLD = "key | item\n--- | ---\n1 | apple\n2 | pear\n3 | plum\n";
    private static final String NEW = "key | item\n--- | ---\n1 | apple\n2 | fig\n4 | lime\n";

    @TempDir
    private Path folder;

    private final String table;

    VerifyTest(LocalDynamoDb database, @TableName String table) {
        Shell.connectTo(database.endpoint());
        this.table = table;
    }

    @Test
    void aTableThatEqualsItsInputIsEqual() throws IOException {
        run("write", OLD, "--init-mode", "create_if_not_exists");

        Shell.Outcome outcome = run("verify", OLD);

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.results())
                .matches("table " + table + ": 3 equal, 0 missing, 0 unexpected, 0 different, in \\d+\\.\\d s\n"
                        + "checksum of the rows ([0-9a-f]{32}), of the items \\1\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void whatDiffersIsPrintedAndWrittenToAFile() throws IOException {
        run("write", OLD, "--init-mode", "create_if_not_exists");
        Path output = folder.resolve("differences.jsonl");

        Shell.Outcome outcome = run("verify", NEW, "--output", output.toString());

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.results())
                .matches("table " + table + ": 1 equal, 1 missing, 1 unexpected, 1 different, in \\d+\\.\\d s\n"
                        + "  different \\{key=2\\}: \"item\": expected \\{\"S\":\"fig\"\\}, found \\{\"S\":\"pear\"\\}\n"
                        + "  unexpected \\{key=3\\}\n"
                        + "  missing \\{key=4\\}\n"
                        + "checksum of the rows [0-9a-f]{32}, of the items [0-9a-f]{32}\n"
                        + "repairing costs 3 write units, without indexes\n");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(Files.readAllLines(output)).hasSize(3);
        assertThat(items()).isEqualTo("""
                {"key":1,"item":"apple"}
                {"key":2,"item":"pear"}
                {"key":3,"item":"plum"}
                """);
    }

    @Test
    void whatIsLeftOutIsSaid() throws IOException {
        run("write", OLD, "--init-mode", "create_if_not_exists");

        String many = "key | item | price\n--- | --- | ---\n1 | apple | 0.5\n2 | pear | 1e200\n"
                + "%d | x | 0.5\n".repeat(30).formatted((Object[])
                        Stream.iterate(100, key -> key + 1).limit(30).toArray(Integer[]::new));
        Shell.Outcome outcome = run(
                "verify",
                many,
                "--schema",
                "key int, item str, price float",
                "--ignore-attribute",
                "price",
                "--on-bad-row",
                "set-aside",
                "--bad-rows",
                folder.resolve("bad").toString());

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.results())
                .contains(": 2 equal, 30 missing, 1 unexpected, 0 different,")
                .contains("{key=119}\n  and 11 more\n1 rows can't become items and are left out\n");
    }

    @Test
    void aDryRunSaysWhatReconcilingDoes() throws IOException {
        run("write", OLD, "--init-mode", "create_if_not_exists");

        Shell.Outcome plan = run("write", NEW, "--init-mode", "reconcile", "--dry-run");
        assertThat(plan.results()).contains("1 equal, 1 missing, 1 unexpected, 1 different");
        assertThat(plan.messages()).isEqualTo("dynamirror: nothing is written in a dry run\n");
        assertThat(plan.status()).isZero();

        Shell.Outcome refused = run("write", NEW, "--init-mode", "reconcile", "--dry-run", "--max-deletes", "10%");
        assertThat(refused.results()).contains("1 unexpected");
        assertThat(refused.messages())
                .isEqualTo("dynamirror: table " + table + ": reconciling would delete 1 of its 3 items, as the live"
                        + " table, of 3 rows, doesn't have them; max-deletes is 10%, which allows 0, so nothing was changed."
                        + " If the live table is right, allow it: max-deletes = 1\n");
        assertThat(refused.status()).isEqualTo(1);

        Shell.Outcome done = run("write", NEW, "--init-mode", "reconcile");
        assertThat(done.results())
                .matches("table " + table + ": 3 rows read, 1 items equal, 2 items put, 1 deleted, in \\d+\\.\\d s\n");
        assertThat(done.status()).isZero();
        assertThat(items()).isEqualTo("""
                {"key":1,"item":"apple"}
                {"key":2,"item":"fig"}
                {"key":4,"item":"lime"}
                """);
    }

    @Test
    void aDryRunOfAMissingTableSaysSo() throws IOException {
        Shell.Outcome plan = run("write", NEW, "--init-mode", "reconcile", "--dry-run");

        assertThat(plan)
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table " + table
                                + " doesn't exist, so there is nothing to compare; reconciling would"
                                + " create it, and put all rows\n"));
    }

    @Test
    void aDryRunIsOfReconciling() throws IOException {
        assertThat(run("write", NEW, "--dry-run"))
                .isEqualTo(new Shell.Outcome(
                        2,
                        "",
                        "dynamirror: --dry-run prints what reconciling would do; set --init-mode to reconcile, or leave it"
                                + " out (see dynamirror write --help)\n"));
    }

    private Shell.Outcome run(String command, String markdown, String... options) throws IOException {
        Path input = Files.writeString(folder.resolve("input.md"), markdown);
        Stream<String> words = Stream.of(command, input.toString(), "--table", table, "--partition-key", "key");
        return Shell.run(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
    }

    private String items() {
        return Shell.run("scan", table, "--format", "jsonl").results();
    }
}
