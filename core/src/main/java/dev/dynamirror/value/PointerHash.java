package dev.dynamirror.value;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.FloatToDecimal;

/** Pathway's hash of values: XXH3-128 over a kind byte and a payload for each, all numbers little-endian. */
final class PointerHash {

    private static final byte NONE = 0;
    private static final byte BOOL = 1;
    private static final byte INT = 2;
    private static final byte FLOAT = 3;
    private static final byte POINTER = 4;
    private static final byte STRING = 5;
    private static final byte TUPLE = 6;
    private static final byte INT_ARRAY = 7;
    private static final byte FLOAT_ARRAY = 8;
    private static final byte DATETIME_NAIVE = 9;
    private static final byte DATETIME_UTC = 10;
    private static final byte DURATION = 11;
    private static final byte BYTES = 12;
    private static final byte JSON = 13;

    /** Not a hash, but a constant of Pathway's. */
    private static final Pointer OF_NOTHING = new Pointer(0, 0x40_10_8D_33_B7L);

    private static final long ALL_ONES = -1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final HashStream128 hash = Hashing.xxh3_128().hashStream();

    private PointerHash() {}

    static Pointer of(@Nullable Object[] values) {
        if (values.length == 0) {
            return OF_NOTHING;
        }
        PointerHash hash = new PointerHash();
        for (Object value : values) {
            hash.add(value);
        }
        HashValue128 result = hash.hash.get();
        return new Pointer(result.getMostSignificantBits(), result.getLeastSignificantBits());
    }

    private void add(@Nullable Object value) {
        if (value == null) {
            hash.putByte(NONE);
        } else if (value instanceof Boolean bool) {
            hash.putByte(BOOL).putByte((byte) (bool ? 1 : 0));
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            hash.putByte(INT).putLong(((Number) value).longValue());
        } else if (value instanceof Double floating) {
            hash.putByte(FLOAT).putLong(bits(floating));
        } else if (value instanceof Float single) {
            // By its own digits, as everywhere: 0.1f is 0.1.
            hash.putByte(FLOAT).putLong(bits(Double.parseDouble(FloatToDecimal.toString(single))));
        } else if (value instanceof Pointer pointer) {
            hash.putByte(POINTER).putLong(pointer.low()).putLong(pointer.high());
        } else if (value instanceof String text) {
            hash.putByte(STRING);
            addBytes(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Tuple tuple) {
            addTuple(tuple.toList());
        } else if (value instanceof List<?> list) {
            addTuple(list);
        } else if (value instanceof byte[] bytes) {
            hash.putByte(BYTES);
            addBytes(bytes);
        } else if (value instanceof Json json) {
            hash.putByte(JSON);
            addBytes(json.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            addArrayOrTime(value);
        }
    }

    private void addArrayOrTime(Object value) {
        if (value instanceof LongNdArray array) {
            hash.putByte(INT_ARRAY);
            addShape(array.shape());
            for (long element : array.elements()) {
                hash.putLong(element);
            }
        } else if (value instanceof DoubleNdArray array) {
            hash.putByte(FLOAT_ARRAY);
            addShape(array.shape());
            for (double element : array.elements()) {
                hash.putLong(bits(element));
            }
        } else if (value instanceof LocalDateTime datetime) {
            hash.putByte(DATETIME_NAIVE).putLong(nanos(datetime.toInstant(ZoneOffset.UTC), value));
        } else if (value instanceof Instant instant) {
            hash.putByte(DATETIME_UTC).putLong(nanos(instant, value));
        } else if (value instanceof Duration duration) {
            hash.putByte(DURATION).putLong(nanos(duration.getSeconds(), duration.getNano(), value));
        } else {
            throw new IllegalArgumentException("a pointer can't be made of a "
                    + value.getClass().getTypeName() + "; take its text, or another column that identifies the row");
        }
    }

    private void addTuple(List<?> elements) {
        hash.putByte(TUPLE).putLong(elements.size());
        elements.forEach(this::add);
    }

    private void addBytes(byte[] bytes) {
        hash.putLong(bytes.length).putBytes(bytes);
    }

    private void addShape(long[] shape) {
        hash.putLong(shape.length);
        for (long length : shape) {
            hash.putLong(length);
        }
    }

    private static long bits(double value) {
        if (Double.isNaN(value)) {
            return ALL_ONES;
        }
        return value == 0 ? 0 : Double.doubleToRawLongBits(value);
    }

    private static long nanos(Instant instant, Object value) {
        return nanos(instant.getEpochSecond(), instant.getNano(), value);
    }

    private static long nanos(long seconds, int nanos, Object value) {
        try {
            // Towards zero first, as the product of the lowest value's seconds alone would overflow.
            return seconds < 0 && nanos > 0
                    ? Math.addExact(Math.multiplyExact(seconds + 1, NANOS_PER_SECOND), nanos - NANOS_PER_SECOND)
                    : Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a pointer can't be made of " + value + ", which doesn't fit in 64 bits of nanoseconds", e);
        }
    }
}
