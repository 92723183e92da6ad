package dev.dynamirror.benchmarks.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A JVM that this one has started, and talks to in lines. */
public final class ChildJvm implements AutoCloseable {

    private static final long LONGEST_END_SECONDS = 20;
    private static final long LONGEST_ANSWER_SECONDS = 600;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a JVM.
     *
     * @param name what its log is called
     * @param jvmArguments what stands before the main class
     * @param main the main class and its arguments
     */
    public static ChildJvm start(String name, Path logs, String classPath, List<String> jvmArguments, List<String> main)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath);
        command.addAll(main);
        Path log = logs.resolve(name + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new ChildJvm(name, log, process);
    }

    /**
     * The next line of its output.
     *
     * @throws IOException if it has ended, or says nothing for ten minutes; it is ended then
     */
    public String readLine() throws IOException {
        CompletableFuture<Void> patience = new CompletableFuture<Void>()
                .orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)
                .exceptionally(timeout -> {
                    process.destroyForcibly();
                    return null;
                });
        String line = output.readLine();
        if (line == null) {
            throw new IOException(
                    name + " has ended, or said nothing for " + LONGEST_ANSWER_SECONDS + " seconds; its log: " + log);
        }
        patience.cancel(false);
        return line;
    }

    /** Gives it a line, and returns its next one. */
    public String ask(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
        return readLine();
    }

    /** Ends its input, and waits for its end. */
    @Override
    public void close() throws IOException {
        input.close();
        try {
            process.onExit().orTimeout(LONGEST_END_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroy();
        process.onExit().join();
    }
}
