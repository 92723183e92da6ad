package dev.dynamirror.reconcile;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Serializable;

/**
 * A checksum of items that does not depend on their order: the sum of their XXH3-128 hashes, modulo 2^128.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Checksum(long high, long low) implements Serializable {

    /** The checksum of no items. */
    public static final Checksum NONE = new Checksum(0, 0);

    /** The checksum of one item. */
    static Checksum of(Content content) {
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(content.json());
        return new Checksum(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** The checksum of the items of both. */
    public Checksum plus(Checksum other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Checksum(high + other.high + carry, sum);
    }

    /** Its 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
