package dev.dynamirror.testkit.faulty;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A string, number or binary in DynamoDB's order: numbers by value, the others by their bytes. */
final class KeyPart implements Comparable<KeyPart> {

    /** Before every other. */
    static final KeyPart FIRST = new KeyPart(new byte[0], null);

    /** After every other. */
    static final KeyPart LAST = new KeyPart(new byte[0], null);

    private final byte[] bytes;
    private final @Nullable BigDecimal number;

    private KeyPart(byte[] bytes, @Nullable BigDecimal number) {
        this.bytes = bytes;
        this.number = number;
    }

    /**
     * @param type S, N or B
     * @param content what JSON says under the type
     */
    static KeyPart of(String type, String content) {
        return switch (type) {
            case "N" -> new KeyPart(new byte[0], Numbers.parse(content));
            case "B" -> new KeyPart(ItemChecks.bytes(content), null);
            default -> new KeyPart(content.getBytes(StandardCharsets.UTF_8), null);
        };
    }

    /** How many bytes a string or binary has. */
    int length() {
        return bytes.length;
    }

    boolean isNumber() {
        return number != null;
    }

    boolean startsWith(KeyPart prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
    }

    @SuppressWarnings("ReferenceEquality") // The ends are known by what they are.
    private int rank() {
        return this == FIRST ? -1 : this == LAST ? 1 : 0;
    }

    private boolean isEnd() {
        return rank() != 0;
    }

    @Override
    public int compareTo(KeyPart other) {
        if (isEnd() || other.isEnd()) {
            return Integer.compare(rank(), other.rank());
        }
        if (number != null && other.number != null) {
            return number.compareTo(other.number);
        }
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyPart part && compareTo(part) == 0;
    }

    @Override
    public int hashCode() {
        int hash = number != null ? number.hashCode() : Arrays.hashCode(bytes);
        // Spread, as items lie and partitions are chosen by it.
        hash = (hash ^ (hash >>> 16)) * 0x7feb352d;
        hash = (hash ^ (hash >>> 15)) * 0x846ca68b;
        return hash ^ (hash >>> 16);
    }
}
