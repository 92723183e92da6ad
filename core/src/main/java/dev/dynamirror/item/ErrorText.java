package dev.dynamirror.item;

/** How values are shown in errors. */
final class ErrorText {

    private static final int LONGEST = 80;

    private ErrorText() {}

    /** The text, or its beginning if it is long. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        // A character of two is not cut in halves.
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
