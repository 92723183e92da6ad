package dev.dynamirror.value;

import java.util.Locale;

/** A type whose values are stored as one DynamoDB scalar: a boolean, a number, a string or a binary. */
public enum ScalarType implements LiveType {
    /** A {@link Boolean}, stored as BOOL. */
    BOOL,
    /** A {@link Long}, or a narrower integer, stored as N in decimal. */
    INT,
    /** A {@link Double} or {@link Float}, stored as N with the shortest digits that round-trip, without exponent. */
    FLOAT,
    /** A {@link String}, stored as S. */
    STR,
    /** A {@code byte[]}, stored as B. */
    BYTES,
    /** A {@link java.time.LocalDateTime}, stored as S like {@code 2025-01-17T00:00:00.000000000}. */
    DATETIME_NAIVE,
    /** An {@link java.time.Instant}, stored as S like {@code 2025-01-17T00:00:00.000000000+0000}. */
    DATETIME_UTC,
    /** A {@link java.time.LocalDate}, stored as S like {@code 2025-01-17}. */
    DATE,
    /** A {@link java.time.LocalTime}, stored as S like {@code 10:30:00} or {@code 10:30:00.000000001}. */
    TIME,
    /** A {@link java.time.Duration}, negative ones too, stored as N in nanoseconds. */
    DURATION,
    /** A {@link Json}, stored as S: its compact text. */
    JSON,
    /** A {@link Pointer}, stored as S: {@code ^} and 26 characters. */
    POINTER,
    /** An {@link dev.dynamirror.object.ObjectWrapper}, stored as B: its tagged serialised form. */
    OBJECT;

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.scalar(this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
