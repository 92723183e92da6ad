package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithLocalDynamoDb
final class WriteTest {

    @TempDir
    private Path folder;

    WriteTest(LocalDynamoDb database) {
        Shell.connectTo(database.endpoint());
    }

    @Test
    void theStoryOfThreeInitModes(@TableName String table) throws IOException {
        Shell.Outcome created = write(table, "key | value\n1 | Hello\n2 | World\n", "create_if_not_exists");
        assertThat(created.messages()).isEmpty();
        assertThat(created.status()).isZero();
        assertThat(created.results())
                .matches("table " + table + ": 2 rows read, 2 items put, 0 deleted, in \\d+\\.\\d s\n");
        assertThat(items(table)).isEqualTo("{\"key\":1,\"value\":\"Hello\"}\n{\"key\":2,\"value\":\"World\"}\n");

        write(table, "key | value\n1 | Bonjour\n", "default");
        assertThat(items(table)).isEqualTo("{\"key\":1,\"value\":\"Bonjour\"}\n{\"key\":2,\"value\":\"World\"}\n");

        write(table, "key | value\n3 | Hi\n", "replace");
        assertThat(items(table)).isEqualTo("{\"key\":3,\"value\":\"Hi\"}\n");
    }

    @Test
    void theSummaryForPrograms(@TableName String table) {
        Shell.Outcome written = writeLines(table, "{\"k\":\"a\",\"v\":1}\n", "--summary", "json");

        assertThat(written.results())
                .matches("\\{\"mirror\":\"" + table + "\",\"itemsEqual\":0,\"itemsPut\":1,\"itemsDeleted\":0,"
                        + "\"changesMerged\":0,\"rowsSetAside\":0,\"requests\":1,\"requestsThrottled\":0,"
                        + "\"writeUnits\":1,\"seconds\":\\d+\\.\\d{3}}\n");
    }

    @Test
    void standardInputWithASchemaAndASortKey(@TableName String table) {
        Shell.Outcome written = Shell.runWithInput(
                "user,at,text\n1,a,x\n1,b,\n",
                "write",
                "-",
                "--format",
                "csv",
                "--schema",
                "user str, at str, text str?",
                "--table",
                table,
                "--partition-key",
                "user",
                "--sort-key",
                "at",
                "--init-mode",
                "create_if_not_exists",
                "--yes");
        assertThat(written.messages()).isEmpty();
        assertThat(written.results()).startsWith("table " + table + ": 2 rows read, 2 items put, 0 deleted, in ");
        assertThat(items(table))
                .isEqualTo(
                        "{\"user\":\"1\",\"at\":\"a\",\"text\":\"x\"}\n{\"user\":\"1\",\"at\":\"b\",\"text\":null}\n");
    }

    @Test
    void theReportIsTheSameInAllLanguages(@TableName String table) throws IOException {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(write(table, "key | value\n1 | Hello\n", "create_if_not_exists")
                            .results())
                    .matches("table " + table + ": 1 rows read, 1 items put, 0 deleted, in \\d+\\.\\d s\n");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void standardInputNeedsATemporaryFile(@TableName String table) {
        String usual = System.getProperty("java.io.tmpdir");
        Path missing = folder.resolve("missing");
        System.setProperty("java.io.tmpdir", missing.toString());
        try {
            Shell.Outcome refused = Shell.runWithInput(
                    "key\n1\n", "write", "-", "--format", "csv", "--table", table, "--partition-key", "key");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.results()).isEmpty();
            assertThat(refused.messages())
                    .matches("dynamirror: no temporary file for standard input can be made in the folder " + missing
                            + ": java\\.nio\\.file\\.NoSuchFileException: " + missing
                            + "/dynamirror-input-\\d+\\.csv\n");
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    @Test
    void standardInputThatCantBeReadIsAFailure(@TableName String table) {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("Input/output error");
            }
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Console console = new Console(broken, new ByteArrayOutputStream(), messages);
        int status =
                Dynamirror.run(console, "write", "-", "--format", "csv", "--table", table, "--partition-key", "key");
        assertThat(status).isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .matches("dynamirror: standard input can't be copied to \\S+/dynamirror-input-\\d+\\.csv:"
                        + " java\\.io\\.IOException: Input/output error\n");
    }

    @Test
    void rowsThatGoAreCountedAsDeleted(@TableName String table) throws IOException {
        write(table, "key | value\n1 | Hello\n2 | World\n", "create_if_not_exists");
        Shell.Outcome written = write(table, """
                key | value | __time__ | __diff__
                1   | Hello | 0        | 1
                1   | Hello | 2        | -1
                """, "default");
        assertThat(written.messages()).isEmpty();
        assertThat(items(table)).isEqualTo("{\"key\":2,\"value\":\"World\"}\n");
        assertThat(written.results()).contains(": 2 rows read, ", " 1 deleted, in ");
    }

    @Test
    void aMissingTableFailsInDefaultMode(@TableName String table) throws IOException {
        assertThat(write(table, "key | value\n1 | Hello\n", "default"))
                .isEqualTo(
                        new Shell.Outcome(
                                1,
                                "",
                                "dynamirror: table " + table
                                        + " doesn't exist; create it, or have it created by the init mode create_if_not_exists\n"));
    }

    @Test
    void aKeyThatIsNoColumnFails(@TableName String table) {
        assertThat(Shell.runWithInput(
                        "{\"id\": 1}\n", "write", "-", "--format", "jsonl", "--table", table, "--partition-key", "key"))
                .isEqualTo(
                        new Shell.Outcome(
                                1,
                                "",
                                "dynamirror: mirror " + table
                                        + ": the partition key \"key\" is not a column of the live table; its columns are \"id\"\n"));
    }

    @Test
    void anErrorInStandardInputNamesThatAndTheLine(@TableName String table) {
        Shell.Outcome refused = Shell.runWithInput(
                "key,value\n1,Hello\none,World\n",
                "write",
                "-",
                "--format",
                "csv",
                "--schema",
                "key int, value str",
                "--table",
                table,
                "--partition-key",
                "key",
                "--init-mode",
                "create_if_not_exists");
        assertThat(refused)
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: standard input, line 3, column \"key\": expected an int, but found \"one\"\n"));
    }

    @Test
    void badRowsAreSetAsideMendedAndFedAgain(@TableName String table) throws IOException {
        Path bad = folder.resolve("bad");
        Shell.Outcome written = writeLines(table, """
                {"k": "a", "v": 1}
                {"k": "", "v": 2}
                {"k": "b", "v": 1e300}
                {"k": "c", "v": 3}
                """, "--on-bad-row", "set-aside", "--bad-rows", bad.toString());

        assertThat(written.messages()).isEmpty();
        assertThat(written.results())
                .matches("table " + table
                        + ": 4 rows read, 2 items put, 0 deleted, in \\d+\\.\\d s; 2 rows set aside in " + bad + "\n");
        assertThat(written.status()).isEqualTo(3);
        assertThat(items(table)).isEqualTo("{\"k\":\"a\",\"v\":1}\n{\"k\":\"c\",\"v\":3}\n");

        String rows = badRows(bad);
        assertThat(rows.lines()).containsExactlyInAnyOrder("{\"k\":\"\",\"v\":2.0}", "{\"k\":\"b\",\"v\":1.0E300}");
        Shell.Outcome again = writeLines(table, rows.replace("\"\"", "\"d\"").replace("1.0E300", "1.0E30"));
        assertThat(again.status()).isZero();
        assertThat(items(table)).isEqualTo("""
                        {"k":"a","v":1}
                        {"k":"b","v":1000000000000000000000000000000}
                        {"k":"c","v":3}
                        {"k":"d","v":2}
                        """);
    }

    @Test
    void withoutBadRowsNoneAreSetAside(@TableName String table) {
        Shell.Outcome written = writeLines(
                table,
                "{\"k\": \"a\", \"v\": 1}\n",
                "--on-bad-row",
                "set-aside",
                "--bad-rows",
                folder.resolve("bad").toString());

        assertThat(written.status()).isZero();
        assertThat(written.results())
                .matches("table " + table + ": 1 rows read, 1 items put, 0 deleted, in \\d+\\.\\d s\n");
    }

    @Test
    void aBadRowFailsByDefault(@TableName String table) {
        assertThat(writeLines(table, "{\"k\": \"b\", \"v\": 1e300}\n"))
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table " + table
                                + ": column \"v\" of row {k=\"b\"}: 1E+300 is out of DynamoDB's number"
                                + " range (at most 9.99…E+125); such rows can be set aside (on-bad-row)\n"));
    }

    @Test
    void unstorableNumbersAreStringsIfTheyMayBe(@TableName String table) {
        Shell.Outcome written =
                writeLines(table, "{\"k\": \"b\", \"v\": 1e300}\n", "--unstorable-numbers", "as-string");

        assertThat(written.status()).isZero();
        assertThat(items(table)).isEqualTo("{\"k\":\"b\",\"v\":\"1" + "0".repeat(300) + "\"}\n");
    }

    @Test
    void theVersionColumnIsAColumn(@TableName String table) {
        assertThat(writeLines(
                        table, "{\"k\": \"b\", \"v\": 1}\n", "--ordering", "versioned", "--version-column", "changed"))
                .isEqualTo(
                        new Shell.Outcome(
                                1,
                                "",
                                "dynamirror: mirror " + table
                                        + ": the version column \"changed\" is not a column of the live table; its columns are \"k\", \"v\"\n"));
    }

    @Test
    void whatIsSaidOfWritingIsWhatIsDoneByDefault(@TableName String table) {
        assertThat(writeLines(
                                table,
                                "{\"k\": \"b\", \"v\": 1}\n",
                                "--write-mode",
                                "put",
                                "--ordering",
                                "in-order",
                                "--give-up-after",
                                "15min",
                                "--transport",
                                "direct",
                                "--max-write-units-per-second",
                                "1000")
                        .status())
                .isZero();
        assertThat(items(table)).isEqualTo("{\"k\":\"b\",\"v\":1}\n");
    }

    private static Shell.Outcome writeLines(String table, String lines, String... options) {
        List<String> words = new ArrayList<>(List.of("write", "-", "--format", "jsonl", "--schema", "k str, v float"));
        words.addAll(List.of("--table", table, "--partition-key", "k", "--init-mode", "create_if_not_exists"));
        words.addAll(List.of(options));
        return Shell.runWithInput(lines, words.toArray(String[]::new));
    }

    /** The rows of all files of bad rows, as JSON Lines. */
    private static String badRows(Path folder) throws IOException {
        StringBuilder rows = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.readAllLines(file).forEach(line -> {
                    String row = line.substring(line.indexOf(",\"row\":") + 7);
                    rows.append(row, 0, row.length() - 1).append('\n');
                });
            }
        }
        return rows.toString();
    }

    private Shell.Outcome write(String table, String markdown, String initMode) throws IOException {
        Path file = Files.writeString(folder.resolve("input.md"), markdown);
        return Shell.run("write", file.toString(), "--table", table, "--partition-key", "key", "--init-mode", initMode);
    }

    private static String items(String table) {
        return Shell.run("scan", table, "--format", "jsonl").results();
    }
}
