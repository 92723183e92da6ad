package dev.dynamirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A program of the tests in a JVM of its own, with an environment of its own; killed when this is closed. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts a program on the tests' class path.
     *
     * @param folder where its standard error is kept
     * @param environment these variables, and none of AWS's or of Java's beside
     * @param options of the JVM
     */
    public static ChildJvm start(
            Path folder, Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("JAVA_"));
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), errors);
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** What it has printed when it has ended, which it must do well. */
    public List<String> end() throws IOException, InterruptedException {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status).as(errors()).isZero();
        return printed.lines().toList();
    }

    /** What it has written to its standard error so far. */
    public String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
