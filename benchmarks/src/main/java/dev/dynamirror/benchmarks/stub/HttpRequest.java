package dev.dynamirror.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request at the head of a buffer, of which only little is looked at.
 *
 * @param path the path of its first line
 * @param operation what stands behind the point in {@code X-Amz-Target}; empty without that header
 * @param bodyStart where in the buffer's array its body begins
 * @param end where in the buffer's array it ends
 */
record HttpRequest(String path, String operation, int bodyStart, int end) {

    private static final byte[] CONTENT_LENGTH = ascii("\r\ncontent-length:");
    private static final byte[] TARGET = ascii("\r\nx-amz-target:");

    /** The request that begins there; null if not all of it has been read. */
    static @Nullable HttpRequest read(byte[] bytes, int from, int to) {
        int headEnd = headEnd(bytes, from, to);
        if (headEnd < 0) {
            return null;
        }
        String length = header(bytes, from, headEnd, CONTENT_LENGTH);
        int end = headEnd + 4 + (length.isEmpty() ? 0 : Integer.parseInt(length));
        if (end > to) {
            return null;
        }
        String target = header(bytes, from, headEnd, TARGET);
        return new HttpRequest(path(bytes, from), target.substring(target.indexOf('.') + 1), headEnd + 4, end);
    }

    private static String path(byte[] bytes, int start) {
        int from = start;
        while (bytes[from] != ' ') {
            from++;
        }
        int to = from + 1;
        while (bytes[to] != ' ') {
            to++;
        }
        return new String(bytes, from + 1, to - from - 1, StandardCharsets.US_ASCII);
    }

    private static int headEnd(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String header(byte[] bytes, int from, int to, byte[] name) {
        for (int i = from; i + name.length <= to; i++) {
            if (bytes[i] == '\r' && isAt(bytes, i, name)) {
                int start = i + name.length;
                int end = start;
                while (end < to && bytes[end] != '\r') {
                    end++;
                }
                return new String(bytes, start, end - start, StandardCharsets.US_ASCII).strip();
            }
        }
        return "";
    }

    private static boolean isAt(byte[] bytes, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            int found = bytes[at + i];
            if ((found >= 'A' && found <= 'Z' ? found + 32 : found) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
