package dev.dynamirror.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A server in a child process that can't outlive this JVM.
 *
 * <p>We hold the write end of a pipe, and a shell beside the server waits for its end. However this JVM ends, kill -9
 * too, the operating system closes the pipe, and the shell ends the server. Alternatives that were not taken: a main
 * class of ours inside the server's JVM would be in one program with Amazon's code, which its licence does not want;
 * Linux's parent death signal follows the thread that made the child, not the process.
 *
 * <p>The shell turns into the server by {@code exec}, so the process that we started is the server itself. SIGINT and
 * SIGHUP, which a terminal sends to all processes in its foreground, are ignored: when they end this JVM, its own last
 * writes must still reach the server.
 */
final class ServerProcess {

    private static final String UNTIL_OUR_END = """
            trap '' INT HUP
            exec 3<&0 </dev/null
            {
                read -r end <&3
                kill $$ || exit
                for second in 1 2 3 4 5; do sleep 1; kill -0 $$ || exit; done
                kill -KILL $$
            } >/dev/null 2>&1 &
            exec "$@" 3<&-
            """;

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
    private static final int LINES_KEPT = 40;
    private static final int LONGEST_LAST_WORDS = 200;
    private static final Pattern STACK_FRAME = Pattern.compile("at .*\\)|\\.\\.\\. \\d+ (more|common frames omitted)");
    /** 128 + SIGABRT: how a JVM ends that has found itself broken. */
    private static final int ABORTED = 134;

    private final Process process;
    private final Thread reader;
    private final Deque<String> output = new ArrayDeque<>();
    private volatile boolean answered;

    private ServerProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::keepOutput, "dynamodb-local-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ServerProcess spawn(List<String> command, Path workingFolder) {
        List<String> wrapped = new ArrayList<>(List.of("sh", "-c", UNTIL_OUR_END, "dynamodb-local"));
        wrapped.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(wrapped).directory(workingFolder.toFile()).redirectErrorStream(true);
        // What these say is meant for the user's own programs, and may contradict the command.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new LocalDynamoDbException("DynamoDB Local could not be started: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the server answers; returns false if it ended before, or took too long. */
    boolean awaitAnswer(int port) {
        long start = System.nanoTime();
        while (!answered && process.isAlive() && System.nanoTime() - start < START_LIMIT.toNanos()) {
            answered = Request.LIST_TABLES.succeeds(port, START_LIMIT) && process.isAlive();
            if (!answered) {
                endsWithin(BETWEEN_TRIES);
            }
        }
        return answered;
    }

    /** Returns whether the server's JVM itself broke, which is never for a reason of the user's. */
    boolean crashed() {
        return !process.isAlive() && process.exitValue() == ABORTED;
    }

    void requireAnswered(int port) {
        if (answered) {
            return;
        }
        if (process.isAlive()) {
            throw failure("did not answer on port " + port + " within " + START_LIMIT.toSeconds() + " seconds");
        }
        throw failure("ended with status " + process.exitValue() + " before it answered on port " + port);
    }

    /** Asks the server to end in order. Through the handle, which leaves the pipe open: it is to hear of this once. */
    void askToStop() {
        process.toHandle().destroy();
    }

    /** Ends the server and waits until it is gone; a thread that is interrupted does not wait for an orderly end. */
    void stop() {
        askToStop();
        boolean interrupted = Thread.interrupted();
        try {
            if (interrupted || !process.waitFor(STOP_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Through the handle too: the process itself would close the streams, which the reader would take for a failure. */
    private void kill() {
        process.toHandle().destroyForcibly();
    }

    boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalDynamoDbException("interrupted while waiting for DynamoDB Local", e);
        }
    }

    /** What happened, and the last words of the server in the same line; all of its words are the cause. */
    private LocalDynamoDbException failure(String what) {
        List<String> words = words();
        String message = "DynamoDB Local " + what;
        return words.isEmpty()
                ? new LocalDynamoDbException(message)
                : new LocalDynamoDbException(
                        message + "; it said: " + shortened(words.get(words.size() - 1)),
                        new LocalDynamoDbException("its output:\n" + String.join("\n", words)));
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LAST_WORDS ? line : line.substring(0, LONGEST_LAST_WORDS) + "…";
    }

    /** The last lines that say something; of a stack trace, only where it comes from. */
    private List<String> words() {
        try {
            reader.join(process.isAlive() ? 1 : STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (output) {
            return output.stream()
                    .map(String::strip)
                    .filter(line ->
                            !line.isEmpty() && !STACK_FRAME.matcher(line).matches())
                    .toList();
        }
    }

    private void keepOutput() {
        // The terminal's and the child's character set, which is not UTF-8 everywhere.
        try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.addLast(line);
                    if (output.size() > LINES_KEPT) {
                        output.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
