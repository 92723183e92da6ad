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

/**
 * The streams of a command: it reads from one, its results go to another, and what it tells on the way to the third.
 * What it prints is UTF-8, wherever it runs.
 */
final class Console {

    private final InputStream input;
    private final Writer results;
    private final PrintWriter messages;

    Console(InputStream input, OutputStream results, OutputStream messages) {
        this.input = input;
        this.results = new BufferedWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8));
        this.messages = new PrintWriter(messages, true, StandardCharsets.UTF_8);
    }

    static Console ofThisProcess() {
        return new Console(
                System.in, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
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

    /** Tells the user what is no result. */
    void say(String message) {
        messages.println("dynamirror: " + message);
    }
}
