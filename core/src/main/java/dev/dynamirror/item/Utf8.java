package dev.dynamirror.item;

/** UTF-8 as RFC 3629 has it: no surrogates, nothing longer than needed, nothing above U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    /**
     * Checks a text.
     *
     * @throws IllegalValueException if it is no valid UTF-8
     */
    static void check(byte[] text) {
        int i = 0;
        while (i < text.length) {
            i += text[i] >= 0 ? 1 : sequence(text, i);
        }
    }

    /**
     * The length of the sequence of a character beyond ASCII.
     *
     * @param at where the sequence begins
     * @throws IllegalValueException if it is none
     */
    static int sequence(byte[] text, int at) {
        int first = text[at] & 0xff;
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || text.length - at < length) {
            throw invalid(first, at);
        }
        // Some first bytes allow a part of the second ones only: the rest would be longer than needed, surrogates, or
        // too large.
        int second = text[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            throw invalid(first, at);
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                throw invalid(first, at);
            }
        }
        return length;
    }

    private static IllegalValueException invalid(int first, int index) {
        return new IllegalValueException("the string is no valid UTF-8: the byte 0x" + Integer.toHexString(first)
                + " at index " + index + " begins no character");
    }
}
