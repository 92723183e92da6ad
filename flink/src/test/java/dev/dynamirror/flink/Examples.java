package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * The examples of a page, and what runs them: this JVM, which knows the database from its system properties, as the AWS SDK
 * reads them.
 */
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

    /** Compiles the Java program of that name and runs it to its end; what it has printed. */
    static String runMain(LocalDynamoDb database, Path folder, Path page, String name) throws Exception {
        Path source = Files.writeString(folder.resolve(name + ".java"), block(page, name, "java"));
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, problems, "-d", folder.toString(), source.toString());
        assertThat(status).as(problems.toString(StandardCharsets.UTF_8)).isZero();
        return run(database, folder, name, new String[0]);
    }

    /** Runs the statements of SQL to their end; what they have printed. */
    static String runSql(LocalDynamoDb database, Path folder, String statements) throws Exception {
        Path script = Files.writeString(folder.resolve("statements.sql"), statements);
        return run(database, folder, SqlScript.class.getName(), new String[] {script.toString()});
    }

    private static String run(LocalDynamoDb database, Path classes, String name, String[] arguments) throws Exception {
        Map<String, String> environment =
                Map.of("aws.endpointUrlDynamoDb", database.endpoint().toString(), "aws.region", "eu-central-1");
        PrintStream before = System.out;
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, own)) {
            environment.forEach(System::setProperty);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            Thread.currentThread().setContextClassLoader(own);
            System.setOut(before);
            environment.keySet().forEach(System::clearProperty);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
