package dev.dynamirror.table;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What is logged of tables. */
final class LogLines {

    private LogLines() {}

    /** What is logged at that level while something is done, each a line without its place. */
    static String of(String level, Runnable action) {
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" " + level + " "))
                .map(line -> line.substring(line.indexOf("table ")) + "\n")
                .collect(Collectors.joining());
    }
}
