package dev.dynamirror.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
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

    private final InputStream input;
    private final Writer results;
    private final PrintWriter messages;
    private final @Nullable Question terminal;
    private final boolean live;

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

    /**
     * Replaces lines at the end of what a terminal shows.
     *
     * @param shown how many lines are replaced
     */
    void replaceLines(int shown, List<String> lines) {
        if (shown == 0 && lines.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (shown > 0) {
            // Up so many lines, and clear what is below.
            text.append("\u001b[").append(shown).append("F\u001b[J");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        messages.print(text);
        messages.flush();
    }

    /** Tells the user what is no result. */
    void say(String message) {
        messages.println("dynamirror: " + message);
    }
}
