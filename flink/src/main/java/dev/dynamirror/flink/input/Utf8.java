package dev.dynamirror.flink.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in UTF-8 as files have it: perhaps with a byte order mark, which is no part of the text, and without errors. */
final class Utf8 {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Utf8() {}

    /** Reads text; the reader throws a {@link CharacterCodingException} where the bytes are no UTF-8. */
    static Reader reader(InputStream bytes) throws IOException {
        PushbackInputStream text = new PushbackInputStream(bytes, BYTE_ORDER_MARK.length);
        byte[] start = text.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            text.unread(start);
        }
        return new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder());
    }
}
