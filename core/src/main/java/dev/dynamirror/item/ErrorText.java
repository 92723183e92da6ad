package dev.dynamirror.item;

/** How values are shown in errors. */
final class ErrorText {

    private static final int LONGEST = 80;

    private ErrorText() {}

    /** The text, or its beginning if it is long. */
    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
