package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sql}: what a script does, and what is printed. */
@WithLocalDynamoDb
final class SqlTest {

    @TempDir
    private Path folder;

    SqlTest(LocalDynamoDb database) {
        Shell.connectTo(database.endpoint());
    }

    @Test
    void theExampleMakesTwoTables() throws IOException {
        Path example = Path.of("..", "examples", "orders");
        String script = Files.readString(example.resolve("orders.sql"))
                .replace(
                        "examples/orders/orders.csv",
                        example.resolve("orders.csv").toAbsolutePath().toString());

        Shell.Outcome outcome = run(script);

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.results()).matches(".*script\\.sql: \\d+ items put, 0 deleted, in \\d+\\.\\d s\n");
        assertThat(outcome.status()).isZero();
        assertThat(Shell.run("scan", "customers", "--format", "jsonl").results())
                .isEqualTo("""
                {"customer":"ada","orders":2,"total":3.5}
                {"customer":"bob","orders":2,"total":2.3}
                {"customer":"cyd","orders":1,"total":2.2}
                """);
        assertThat(Shell.run("scan", "orders", "--format", "jsonl").results())
                .hasLineCount(5)
                .startsWith("{\"id\":1,\"amount\":3,\"customer\":\"ada\",\"item\":\"apple\",\"price\":0.5}\n");
    }

    @Test
    void changesInDebeziumsFormAreApplied(@TableName String table) throws IOException {
        Files.writeString(folder.resolve("changes.json"), """
                {"before":null,"after":{"id":1,"item":"apple"},"op":"c"}
                {"before":null,"after":{"id":2,"item":"pear"},"op":"c"}
                {"before":{"id":1,"item":"apple"},"after":{"id":1,"item":"fig"},"op":"u"}
                {"before":{"id":2,"item":"pear"},"after":null,"op":"d"}
                """);

        Shell.Outcome outcome = run("""
                CREATE TABLE changes (id BIGINT, item STRING) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'debezium-json');
                CREATE TABLE orders (id BIGINT, item STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
                  'connector' = 'dynamirror', 'table-name' = '%s', 'init-mode' = 'create_if_not_exists');
                SHOW TABLES;
                INSERT INTO orders SELECT * FROM changes ON CONFLICT DO DEDUPLICATE;
                """.formatted(folder.resolve("changes.json"), table));

        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.results()).startsWith("changes\norders\n");
        assertThat(Shell.run("scan", table, "--format", "jsonl").results()).isEqualTo("{\"id\":1,\"item\":\"fig\"}\n");
    }

    @Test
    void errorsNameFileAndLine() throws IOException {
        Shell.Outcome wrong = run("SET 'a' = 'b';\nCREATE TABEL x (y INT);\n");
        assertThat(wrong.messages()).startsWith("dynamirror: " + folder.resolve("script.sql") + ", line 2: ");
        assertThat(wrong.status()).isEqualTo(1);

        assertThat(Shell.run("sql", "not-there.sql"))
                .isEqualTo(new Shell.Outcome(1, "", "dynamirror: not-there.sql: there is no such file\n"));
    }

    @Test
    void aClassThatIsMissingIsToBeAmongTheJars() throws IOException {
        Shell.Outcome lacking = run("""
                CREATE TABLE files (id BIGINT) WITH ('connector' = 'lacking');
                CREATE TABLE orders (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)
                  WITH ('connector' = 'dynamirror', 'table-name' = 'lacking');
                INSERT INTO orders SELECT * FROM files ON CONFLICT DO DEDUPLICATE;
                """);

        assertThat(lacking)
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: " + folder.resolve("script.sql")
                                + ", line 4: the class org.example.Configuration is missing; add the jar that has it to the"
                                + " class path (on the command line by --jars)\n"));
    }

    private Shell.Outcome run(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sql"), script);
        return Shell.run("sql", file.toString());
    }
}
