package dev.dynamirror.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A fuzzer's input, read from left to right as choices, texts and bytes; behind its end there are zeros. */
public final class FuzzedBytes {

    private final ByteBuffer input;

    /** Reads the bytes. */
    public FuzzedBytes(byte[] input) {
        this.input = ByteBuffer.wrap(input);
    }

    /** The whole input as a text: UTF-8, or, behind a zero, plain characters, of which some may be half of a pair. */
    public static String text(byte[] input) {
        return input.length > 0 && input[0] == 0
                ? ByteBuffer.wrap(input, 1, input.length - 1).asCharBuffer().toString()
                : new String(input, StandardCharsets.UTF_8);
    }

    /** A number from 0, less than the bound, which is at most 256. */
    public int choice(int bound) {
        return input.hasRemaining() ? (input.get() & 0xff) % bound : 0;
    }

    /** One of the list. */
    public <T> T oneOf(List<T> list) {
        return list.get(choice(list.size()));
    }

    /** Some bytes, 255 at most. */
    public byte[] bytes() {
        byte[] bytes = new byte[Math.min(choice(256), input.remaining())];
        input.get(bytes);
        return bytes;
    }

    /** A text of up to 255 bytes. */
    public String text() {
        return text(bytes());
    }

    /** How many bytes are left. */
    public int remaining() {
        return input.remaining();
    }
}
