package dev.dynamirror.flink.input;

/** A value's text, short enough and plain enough for one line of an error. */
final class Excerpt {

    private static final int MAX_LENGTH = 60;

    private Excerpt() {}

    static String quoted(String text) {
        return '"' + of(text) + '"';
    }

    static String of(String text) {
        String plain = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return plain.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }
}
