package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.value.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README and the page on SQL show, as it stands there, in a JVM of its own that knows the database from its environment. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path SQL = Path.of("..", "docs", "sql.md");

    private final LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady();

    @TempDir
    private Path folder;

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void javaExample() throws Exception {
        runMain("LiveExample");

        assertThat(Items.of(database, "test"))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"value\":{\"S\":\"Hello\"}}",
                        "{\"key\":{\"N\":\"2\"},\"value\":{\"S\":\"World\"}}");
    }

    @Test
    void exampleWithoutFlink() throws Exception {
        runMain("PlainExample");

        assertThat(Items.of(database, "orders"))
                .containsExactly("{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.6\"}}");
    }

    @Test
    void sqlExample() throws Exception {
        runSql(block(README, "SQL", "sql"));

        assertThat(Items.of(database, "orders"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.5\"}}",
                        "{\"id\":{\"N\":\"2\"},\"item\":{\"S\":\"pear\"},\"price\":{\"N\":\"0.3\"}}");
    }

    @Test
    void sqlOfThePageOnSql() throws Exception {
        String source = """
                CREATE TEMPORARY VIEW source AS SELECT * FROM (VALUES
                  (1, TO_TIMESTAMP_LTZ(0, 3), 'apple'), (1, TO_TIMESTAMP_LTZ(1, 3), 'pear'), (1, TO_TIMESTAMP_LTZ(1, 3), 'plum')
                ) AS source (id, ordered_at, item);
                """;
        String visits = "INSERT INTO visits SELECT POINTER_OF(POINTER(POINTER_OF(42))), ARRAY[POINTER_OF(1)],"
                + " '{\"a\": [1, 2]}', 1500 FROM source ON CONFLICT DO DEDUPLICATE;\n";

        runSql(block(SQL, "declaration", "sql")
                + source
                + block(SQL, "insert", "sql")
                + block(SQL, "columns", "sql")
                + block(SQL, "functions", "sql")
                + visits);

        assertThat(Items.of(database, "orders"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"ordered_at\":{\"S\":\"1970-01-01T00:00:00.000000000+0000\"},\"item\":{\"S\":\"apple\"}}",
                        "{\"id\":{\"N\":\"1\"},\"ordered_at\":{\"S\":\"1970-01-01T00:00:00.001000000+0000\"},\"item\":{\"S\":\"plum\"}}");
        assertThat(Items.of(database, "visits"))
                .containsExactly("{\"id\":{\"S\":\"" + Pointer.of(Pointer.of(42))
                        + "\"},\"details\":{\"S\":\"{\\\"a\\\":[1,2]}\"},\"friends\":{\"L\":[{\"S\":\"^YYY4HABTRW7T8VX2Q429ZYV70W\"}]}"
                        + ",\"lasted\":{\"N\":\"1500\"}}");
    }

    private void runSql(String statements) throws Exception {
        Path script = Files.writeString(folder.resolve("statements.sql"), statements);
        runJava(List.of(SqlScript.class.getName(), script.toString()));
    }

    private void runMain(String name) throws Exception {
        // Java compiles a single source file by itself.
        runJava(List.of(Files.writeString(folder.resolve(name + ".java"), block(README, name, "java"))
                .toString()));
    }

    private void runJava(List<String> arguments) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"));
        java.command().addAll(arguments);
        java.environment().put("AWS_ENDPOINT_URL", database.endpoint().toString());
        java.environment().put("AWS_REGION", "eu-central-1");
        Process process =
                java.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended)
                .as("ended in time; it printed:%n%s", Files.readString(output))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    /** The code block behind the comment that names it. */
    private static String block(Path page, String name, String language) throws IOException {
        Matcher block = Pattern.compile(
                        "<!-- run by a test: " + name + " -->\\n```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page));
        assertThat(block.find()).as("the block %s of %s", name, page).isTrue();
        return block.group(1);
    }
}
