package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A script of SQL, statement by statement. Where one ends, its reader says: a semicolon at the end of a line may be the end, or
 * stand in a statement of several.
 */
final class Script {

    /** What may be the end of a statement. */
    private static final Pattern END = Pattern.compile(";\\s*(--.*)?$");

    private static final Pattern NOTHING = Pattern.compile("(?:\\s|--[^\\n]*(?:\\n|$)|/\\*(?s:.*?)\\*/|;)*");

    private final List<String> lines;

    Script(String text) {
        this.lines = text.lines().toList();
    }

    /** Reads a statement. */
    interface Reader {
        /**
         * Takes a statement, if it is whole.
         *
         * @return whether it is
         * @throws MirrorException if it is wrong
         */
        boolean take(String statement);
    }

    /**
     * Gives the reader the statements, one after the other.
     *
     * @throws MirrorException if one is wrong, or has no end; the message names its line
     */
    void forEach(Reader reader) {
        StringBuilder statement = new StringBuilder();
        int begin = 1;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (statement.isEmpty() && line.isBlank()) {
                begin = number + 1;
                continue;
            }
            statement.append(line).append('\n');
            if (END.matcher(line).find() && isTaken(statement.toString(), begin, reader)) {
                statement.setLength(0);
                begin = number + 1;
            }
        }
        if (!isTaken(statement.toString(), begin, reader)) {
            throw new MirrorException("line " + begin + ": the statement that begins here has no end");
        }
    }

    private static boolean isTaken(String statement, int begin, Reader reader) {
        if (NOTHING.matcher(statement).matches()) {
            return true;
        }
        try {
            return reader.take(statement);
        } catch (MirrorException e) {
            throw new MirrorException("line " + begin + ": " + e.getMessage(), e);
        }
    }
}
