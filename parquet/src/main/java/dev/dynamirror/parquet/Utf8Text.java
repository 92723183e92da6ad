package dev.dynamirror.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts in UTF-8, of which nothing is replaced: two keys that are no texts must not become the same one. */
public final class Utf8Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

    /**
     * The text that bytes are.
     *
     * @throws IllegalArgumentException if they are no UTF-8
     */
    public static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            // A decoder of its own says whether the character is one of the text's.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are no text in UTF-8", e);
        }
    }
}
