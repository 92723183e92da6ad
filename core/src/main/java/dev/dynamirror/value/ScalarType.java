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
    DATETIME_UTC;

    @Override
    public LiveType required() {
        return this;
    }

    @Override
    public LiveType optional() {
        return new OptionalType(this);
    }

    @Override
    public boolean isOptional() {
        return false;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
