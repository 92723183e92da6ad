package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;

/**
 * A place in an input, as errors name it: {@code people.csv, line 4, column "age"}.
 *
 * @param text the place in words; empty for a whole text that has no name
 */
record Place(String text) {

    /** A text that has no name: its errors begin with the line. */
    static final Place TEXT = new Place("");

    static Place file(String name) {
        return new Place(name);
    }

    Place line(long line) {
        return within("line " + line);
    }

    /** A place that is not known exactly, since text is read ahead. */
    Place lineOrLater(long line) {
        return within("line " + line + " or later");
    }

    Place column(String name) {
        return within("column \"" + name + "\"");
    }

    Place within(String part) {
        return new Place(text.isEmpty() ? part : text + ", " + part);
    }

    MirrorException error(String problem) {
        return new MirrorException(text.isEmpty() ? problem : text + ": " + problem);
    }

    MirrorException error(String problem, Throwable cause) {
        return new MirrorException(text.isEmpty() ? problem : text + ": " + problem, cause);
    }
}
