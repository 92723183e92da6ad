package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
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

/** Runs what the README shows, as it stands there, in a JVM of its own that knows the database from its environment. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

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
        Path script = Files.writeString(folder.resolve("orders.sql"), block("SQL", "sql"));
        runJava(List.of(SqlScript.class.getName(), script.toString()));

        assertThat(Items.of(database, "orders"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.5\"}}",
                        "{\"id\":{\"N\":\"2\"},\"item\":{\"S\":\"pear\"},\"price\":{\"N\":\"0.3\"}}");
    }

    private void runMain(String name) throws Exception {
        // Java compiles a single source file by itself.
        runJava(List.of(Files.writeString(folder.resolve(name + ".java"), block(name, "java"))
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
    private static String block(String name, String language) throws IOException {
        Matcher block = Pattern.compile(
                        "<!-- run by a test: " + name + " -->\\n```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(block.find()).as("the README's block %s", name).isTrue();
        return block.group(1);
    }
}
