package dev.dynamirror.item;

import dev.dynamirror.value.Json;
import dev.dynamirror.value.Pointer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The value of a partition key or a sort key; two are equal exactly when DynamoDB takes them for the same key.
 *
 * <p>Numbers are equal by value ({@code 1}, {@code 1.0} and {@code 1E0} are one key, {@code -0} is {@code 0}), strings
 * and binaries by their bytes.
 */
public sealed interface KeyAttribute {

    /** The DynamoDB type of this value. */
    KeyType type();

    /** Writes this value as a DynamoDB attribute: {@code {"N":"1"}}. */
    void writeTo(AttributeWriter out);

    /** The size of this value as DynamoDB counts it, in bytes. */
    int size();

    /**
     * A string key.
     *
     * @throws IllegalValueException if the string has half of a surrogate pair
     */
    static KeyAttribute string(String value) {
        return StringKey.of(AttributeWriter.validUnicode(value));
    }

    /**
     * A string key in UTF-8; the array must not be changed afterwards.
     *
     * @throws IllegalValueException if the bytes are no valid UTF-8
     */
    static KeyAttribute string(byte[] utf8) {
        Utf8.check(utf8);
        return new StringKey(utf8);
    }

    /** A number key of an integer. */
    static KeyAttribute number(long value) {
        return new NumberKey(Numbers.ascii(value));
    }

    /**
     * A number key of a double.
     *
     * @throws IllegalValueException if the value is no number, infinite, or out of DynamoDB's range
     */
    static KeyAttribute number(double value) {
        return number(new BigDecimal(Numbers.plain(value)));
    }

    /**
     * A number key.
     *
     * @throws IllegalValueException if the value is out of DynamoDB's range or has too many digits
     */
    static KeyAttribute number(BigDecimal value) {
        return NumberKey.of(Numbers.canonical(Numbers.checked(value)));
    }

    /**
     * A number key of a float.
     *
     * @throws IllegalValueException if the value is no number or infinite
     */
    static KeyAttribute number(float value) {
        return number(new BigDecimal(Numbers.plain(value)));
    }

    /**
     * A string key of a datetime without zone.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    static KeyAttribute naiveDatetime(LocalDateTime value) {
        return StringKey.of(AttributeWriter.naiveDatetimeText(value));
    }

    /**
     * A string key of a point in time.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    static KeyAttribute utcDatetime(Instant value) {
        return StringKey.of(AttributeWriter.utcDatetimeText(value));
    }

    /**
     * A string key of a date.
     *
     * @throws IllegalValueException if the year is not from 0 to 9999
     */
    static KeyAttribute date(LocalDate value) {
        return StringKey.of(AttributeWriter.dateText(value));
    }

    /** A string key of a time of day. */
    static KeyAttribute time(LocalTime value) {
        return StringKey.of(AttributeWriter.timeText(value));
    }

    /** A number key of a duration, in nanoseconds. */
    static KeyAttribute duration(Duration value) {
        return NumberKey.of(Numbers.nanoseconds(value));
    }

    /** A string key of a JSON value: its compact text. */
    static KeyAttribute json(Json value) {
        return StringKey.of(value.toString());
    }

    /** A string key of a pointer. */
    static KeyAttribute pointer(Pointer value) {
        return StringKey.of(value.toString());
    }

    /** A binary key; the array must not be changed afterwards. */
    static KeyAttribute binary(byte[] value) {
        return new BinaryKey(value);
    }

    /**
     * A string key.
     *
     * @param utf8 any valid string in UTF-8, never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
    record StringKey(byte[] utf8) implements KeyAttribute {

        private static StringKey of(String value) {
            return new StringKey(value.getBytes(StandardCharsets.UTF_8));
        }

        /** The string. */
        public String value() {
            return new String(utf8, StandardCharsets.UTF_8);
        }

        @Override
        public KeyType type() {
            return KeyType.S;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.string(utf8);
        }

        @Override
        public int size() {
            return utf8.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof StringKey that && Arrays.equals(utf8, that.utf8);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(utf8);
        }

        @Override
        public String toString() {
            return '"' + ErrorText.shortened(value()) + '"';
        }
    }

    /**
     * A number key.
     *
     * @param ascii the number in its canonical text, never changed: no exponent, no trailing zero of a fraction, no negative
     *     zero
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
    record NumberKey(byte[] ascii) implements KeyAttribute {

        static NumberKey of(String canonical) {
            return new NumberKey(canonical.getBytes(StandardCharsets.US_ASCII));
        }

        /** The number's canonical text. */
        public String value() {
            return new String(ascii, StandardCharsets.US_ASCII);
        }

        @Override
        public KeyType type() {
            return KeyType.N;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.numberText(ascii);
        }

        @Override
        public int size() {
            return Numbers.size(value());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NumberKey that && Arrays.equals(ascii, that.ascii);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ascii);
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /**
     * A binary key.
     *
     * @param value its bytes, never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
    record BinaryKey(byte[] value) implements KeyAttribute {
        @Override
        public KeyType type() {
            return KeyType.B;
        }

        @Override
        public void writeTo(AttributeWriter out) {
            out.binary(value);
        }

        @Override
        public int size() {
            return value.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BinaryKey that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "0x" + ErrorText.shortened(HexFormat.of().formatHex(value));
        }
    }
}
