package dev.dynamirror.value;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a row, 128 bits; written as {@code ^} and 26 characters, as Pathway does.
 *
 * <p>The characters are Crockford's base32 of the 16 bytes in little-endian order, most significant bit first.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Pointer(long high, long low) implements Serializable, Comparable<Pointer> {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 26;
    private static final int BITS_PER_CHARACTER = 5;

    /**
     * The pointer of a row that these values identify, the same as Pathway gives it.
     *
     * @param values each a {@code Boolean}, an integer up to {@code Long}, a {@code Double} or {@code Float}, a {@code
     *     Pointer}, a {@code String}, a {@link Tuple} or a {@link java.util.List} of such values, an {@link NdArray}, a
     *     {@code LocalDateTime}, an {@code Instant}, a {@code Duration}, a {@code byte[]}, a {@link Json}, or null
     * @throws IllegalArgumentException if a value is of another class, or a datetime or a duration does not fit in 64
     *     bits of nanoseconds, as those from 1677 to 2262 do
     */
    public static Pointer of(@Nullable Object... values) {
        return PointerHash.of(values);
    }

    /**
     * The pointer that a text stands for.
     *
     * @throws IllegalArgumentException if the text is not {@code ^} and 26 characters of which the last is one of {@code
     *     048CGMRW}
     */
    public static Pointer parse(String text) {
        if (text.length() != CHARACTERS + 1 || text.charAt(0) != '^') {
            throw noPointer(text);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * 2).order(ByteOrder.LITTLE_ENDIAN);
        int bits = 0;
        int count = 0;
        for (int i = 1; i <= CHARACTERS; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw noPointer(text);
            }
            bits = (bits << BITS_PER_CHARACTER) | digit;
            count += BITS_PER_CHARACTER;
            if (count >= Byte.SIZE) {
                count -= Byte.SIZE;
                bytes.put((byte) (bits >>> count));
                bits &= (1 << count) - 1;
            }
        }
        if (bits != 0) {
            throw noPointer(text);
        }
        return new Pointer(bytes.getLong(Long.BYTES), bytes.getLong(0));
    }

    /** The text, {@code ^} and 26 characters. */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(low)
                .putLong(high)
                .array();
        StringBuilder text = new StringBuilder(CHARACTERS + 1).append('^');
        int bits = 0;
        int count = 0;
        for (byte next : bytes) {
            bits = (bits << Byte.SIZE) | (next & 0xff);
            count += Byte.SIZE;
            while (count >= BITS_PER_CHARACTER) {
                count -= BITS_PER_CHARACTER;
                text.append(ALPHABET.charAt(bits >>> count));
                bits &= (1 << count) - 1;
            }
        }
        return text.append(ALPHABET.charAt(bits << (BITS_PER_CHARACTER - count)))
                .toString();
    }

    /** By the 128 bits as an unsigned number. */
    @Override
    public int compareTo(Pointer other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    private static IllegalArgumentException noPointer(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(
                "\"" + shown + "\" is no pointer; expected ^ and 26 characters, like " + new Pointer(0, 0));
    }
}
