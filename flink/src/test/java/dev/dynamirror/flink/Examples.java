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

/** The examples of a page, and what runs them: a JVM of its own that knows the database from its environment. */
final class Examples {

    private Examples() {}

    /** The code block behind the comment that names it. */
    static String block(Path page, String name, String language) throws IOException {
        Matcher block = Pattern.compile(
                        "<!-- run by a test: " + name + " -->\\n```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page));
        assertThat(block.find()).as("the block %s of %s", name, page).isTrue();
        return block.group(1);
    }

    /** Runs the Java program of that name to its end; what it has printed. */
    static String runMain(LocalDynamoDb database, Path folder, Path page, String name)
            throws IOException, InterruptedException {
        // Java compiles a single source file by itself.
        Path source = Files.writeString(folder.resolve(name + ".java"), block(page, name, "java"));
        return runJava(database, folder, List.of(source.toString()));
    }

    /** Runs the statements of SQL to their end; what they have printed. */
    static String runSql(LocalDynamoDb database, Path folder, String statements)
            throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("statements.sql"), statements);
        return runJava(database, folder, List.of(SqlScript.class.getName(), script.toString()));
    }

    private static String runJava(LocalDynamoDb database, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
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
        String printed = Files.readString(output);
        assertThat(ended).as("ended in time; it printed:%n%s", printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
