package dev.dynamirror.item;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Characters that stand for themselves in a JSON string and take one byte, as most do; looked for eight at a time. */
final class PlainText {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long QUESTION_MARKS = '?' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private PlainText() {}

    /** Whether a character is plain. */
    static boolean isPlain(int c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    /** Where the plain characters end that begin there. */
    static int end(byte[] utf8, int from) {
        int at = from;
        while (at <= utf8.length - Long.BYTES && arePlain((long) EIGHT_BYTES.get(utf8, at))) {
            at += Long.BYTES;
        }
        while (at < utf8.length && isPlain(utf8[at])) {
            at++;
        }
        return at;
    }

    /** Whether all of eight bytes are: none is negative, below a space, a quote or a backslash. */
    private static boolean arePlain(long eight) {
        long belowSpace = eight - SPACES;
        return ((eight | belowSpace | hasZero(eight ^ QUOTES) | hasZero(eight ^ BACKSLASHES)) & HIGH_BITS) == 0;
    }

    /** Has a high bit if, and only if, one of the bytes is zero; none of them is negative, or that is known already. */
    private static long hasZero(long eight) {
        return (eight - ONES) & ~eight;
    }

    /** Whether those bytes, the text's UTF-8, are its characters one by one. */
    static boolean isAscii(String text, byte[] utf8) {
        if (utf8.length != text.length()) {
            return false;
        }
        // Java writes a question mark for half of a surrogate pair.
        for (int at = questionMark(utf8, 0); at < utf8.length; at = questionMark(utf8, at + 1)) {
            if (text.charAt(at) != '?') {
                return false;
            }
        }
        return true;
    }

    /** The place of the next question mark; the length if there is none. */
    private static int questionMark(byte[] ascii, int from) {
        int at = from;
        while (at <= ascii.length - Long.BYTES
                && (hasZero((long) EIGHT_BYTES.get(ascii, at) ^ QUESTION_MARKS) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < ascii.length && ascii[at] != '?') {
            at++;
        }
        return at;
    }
}
