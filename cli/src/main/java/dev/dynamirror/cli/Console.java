package dev.dynamirror.cli;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a command: it reads from one, its results go to another, and what it tells on the way to the third.
 * What it prints is UTF-8, wherever it runs.
 */
final class Console {

    /** Whoever answers questions. */
    @FunctionalInterface
    interface Question {
        /** The answer; null if there is none, as the terminal is gone. */
        @Nullable
        String ask(String question);
    }

    /** After the number of lines: to their beginning, and all below is empty. */
    private static final String UP_AND_CLEAR = "F\u001b[J";

    /** A line that a terminal breaks would take more than the one line that is taken away later. */
    private static final String CUT_LONG_LINES = "\u001b[?7l";

    private static final String WRAP_LONG_LINES = "\u001b[?7h";

    private final InputStream input;
    private final Writer results;
    private final PrintWriter messages;
    private final @Nullable Question terminal;
    private final boolean live;
    private List<String> liveLines = List.of();

    /** The streams of a command that has nobody to ask. */
    Console(InputStream input, OutputStream results, OutputStream messages) {
        this(input, results, messages, null);
    }

    /** Takes what asks a question and returns the answer, null if there is none; null if there is nobody to ask. */
    Console(InputStream input, OutputStream results, OutputStream messages, @Nullable Question terminal) {
        this(input, results, messages, terminal, false);
    }

    /** Takes also whether lines of the messages may be replaced, as somebody sees them on a terminal. */
    Console(InputStream input, OutputStream results, OutputStream messages, @Nullable Question terminal, boolean live) {
        this.terminal = terminal;
        this.live = live;
        this.input = input;
        this.results = new BufferedWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8));
        this.messages = new PrintWriter(messages, true, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemConsoleNull") // the one that is asked for says so by null
    static Console ofThisProcess() {
        // Of the JDKs 22 to 24 another one answers by default, which takes files and pipes for a terminal, too.
        System.setProperty("jdk.console", "java.base");
        // Null unless both standard input and standard output are a terminal.
        java.io.Console terminal = System.console();
        return new Console(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminal == null ? null : question -> terminal.readLine("%s", question),
                terminal != null);
    }

    /** Standard input. */
    InputStream input() {
        return input;
    }

    /** Where results go; buffered, so that it must be flushed. */
    Writer results() {
        return results;
    }

    /** Where all else goes. */
    PrintWriter messages() {
        return messages;
    }

    /** Whether somebody says yes to a question, or there is nobody to ask. */
    boolean confirms(String question) {
        if (terminal == null) {
            return true;
        }
        String answer = terminal.ask(question + " [y/N] ");
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether lines of the messages can be replaced, as somebody sees them on a terminal. */
    boolean isLive() {
        return live;
    }

    /** Shows lines at the end of what a terminal shows, instead of those that were shown so before. */
    synchronized void showLive(List<String> lines) {
        print("", lines);
    }

    /** Tells the user what is no result. */
    void say(String message) {
        sayLine("dynamirror: " + message);
    }

    /** Standard error for whoever prints there himself: what he prints stands above the live lines. */
    PrintStream linesAboveLiveOnes() {
        return new PrintStream(
                new OutputStream() {
                    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

                    @Override
                    public synchronized void write(int aByte) {
                        if (aByte == '\n') {
                            sayLine(line.toString(StandardCharsets.UTF_8));
                            line.reset();
                        } else {
                            line.write(aByte);
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private synchronized void sayLine(String line) {
        print(line + '\n', liveLines);
    }

    /** Takes the live lines away, prints text, and shows these live lines. */
    private void print(String text, List<String> lines) {
        StringBuilder all = new StringBuilder();
        if (!liveLines.isEmpty()) {
            all.append("\u001b[").append(liveLines.size()).append(UP_AND_CLEAR);
        }
        all.append(text);
        if (!lines.isEmpty()) {
            all.append(CUT_LONG_LINES);
            lines.forEach(line -> all.append(line).append('\n'));
            all.append(WRAP_LONG_LINES);
        }
        liveLines = lines;
        messages.print(all);
        messages.flush();
    }
}
