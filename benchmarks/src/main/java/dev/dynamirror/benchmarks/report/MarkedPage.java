package dev.dynamirror.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of which the parts between markers are made, and all else is written by people. */
public final class MarkedPage {

    private final Path file;
    private String text;

    private MarkedPage(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Reads a page. */
    public static MarkedPage read(Path file) throws IOException {
        return new MarkedPage(file, Files.readString(file));
    }

    /**
     * Puts something between the markers {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}.
     *
     * @throws IllegalStateException if they are not there
     */
    public void replace(String name, String part) {
        String begin = "<!-- begin " + name + " -->";
        String end = "<!-- end " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(file + " lacks the markers " + begin + " and " + end);
        }
        text = text.substring(0, from + begin.length()) + "\n\n" + part.strip() + "\n\n" + text.substring(to);
    }

    String text() {
        return text;
    }

    /** Writes the page where it was read. */
    public void write() throws IOException {
        Files.writeString(file, text);
    }
}
