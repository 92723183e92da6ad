package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Datetimes;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a column's values from the texts of its cells. */
final class CellParser {

    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]+");

    /** Digits of a fraction of a second beyond the nanoseconds. */
    private static final Pattern BEYOND_NANOS = Pattern.compile("(?<=[.,][0-9]{9})[0-9]+");

    private static final int LARGEST_EXPONENT = 1_000;

    private final LiveType type;
    private final boolean hasEmptyText;
    private final @Nullable JsonValues nested;

    private CellParser(LiveType type) {
        this.type = type;
        this.hasEmptyText = type.required() == ScalarType.STR || type.required() == ScalarType.BYTES;
        this.nested = isText(type.required()) ? null : JsonValues.of(type);
    }

    static CellParser of(Column column) {
        return new CellParser(column.type());
    }

    /**
     * Reads a cell; one of a nested type is JSON.
     *
     * <p>An empty text is a value of the types that have one, {@code str} and {@code bytes}; of the others it is absent,
     * for many programs quote every cell of a CSV file, absent ones too. The text {@code null} in a cell of the type {@code
     * json}, optional or not, is JSON's null, which is there.
     *
     * @param text the cell's text, or null if there is none
     */
    @Nullable
    Object parse(@Nullable String text) throws BadValueException {
        if (text == null || (text.isEmpty() && !hasEmptyText)) {
            return absent(type);
        }
        return nested == null ? parse(type.required(), text) : nested.read(JsonField.parse(text));
    }

    /** The absent value of a column, if its type has one. */
    static @Nullable Object absent(LiveType type) throws BadValueException {
        if (type.isOptional()) {
            return null;
        }
        throw new BadValueException("expected " + expectation(type)
                + ", but the value is absent, which only the type \"" + type.optional() + "\" allows");
    }

    /** Reads a value of a scalar type or a decimal from its text. */
    static Object parse(LiveType type, String text) throws BadValueException {
        try {
            return type instanceof DecimalType decimal
                    ? decimal(decimal, text.strip())
                    : scalar((ScalarType) type, text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | MirrorException e) {
            throw unexpected(type, text, e);
        }
    }

    private static Object scalar(ScalarType type, String text) {
        return switch (type) {
            case BOOL -> bool(text);
            case INT -> Long.parseLong(text.strip());
            case FLOAT -> floating(text.strip());
            case STR -> text;
            case BYTES -> Base64.getDecoder().decode(text.strip());
            case DATETIME_NAIVE -> Datetimes.naive(withT(text));
            case DATETIME_UTC -> Datetimes.utc(withT(text));
            case DATE -> LocalDate.parse(text.strip());
            case TIME -> LocalTime.parse(toNanos(text.strip()));
            case DURATION -> duration(text.strip());
            case JSON -> Json.parse(text);
            case POINTER -> Pointer.parse(text.strip());
            case OBJECT -> ObjectWrapper.ofBytes(Base64.getDecoder().decode(text.strip()));
        };
    }

    /** What a value of a type looks like, for errors. */
    static String expectation(LiveType type) {
        LiveType required = type.required();
        if (required instanceof ScalarType scalar) {
            return switch (scalar) {
                case BOOL -> "a bool (true or false)";
                case INT -> "an int";
                case FLOAT -> "a float";
                case STR -> "a str";
                case BYTES -> "bytes in base64";
                case DATETIME_NAIVE -> "a datetime_naive like 2025-01-17T10:30:00";
                case DATETIME_UTC -> "a datetime_utc like 2025-01-17T10:30:00Z";
                case DATE -> "a date like 2025-01-17";
                case TIME -> "a time like 10:30:00";
                case DURATION -> "a duration like PT1.5S, or a whole number of nanoseconds";
                case JSON -> "a json value";
                case POINTER -> "a pointer, ^ and 26 characters";
                case OBJECT -> "an object's form in base64";
            };
        }
        return (required instanceof NdArrayType ? "an " : "a ") + required;
    }

    private static boolean isText(LiveType type) {
        return type instanceof ScalarType || type instanceof DecimalType;
    }

    private static BadValueException unexpected(LiveType type, String text, RuntimeException cause) {
        String found = "expected " + expectation(type) + ", but found " + Excerpt.quoted(text);
        if (type == ScalarType.INT && DIGITS.matcher(text.strip()).matches()) {
            return new BadValueException(found + ", which doesn't fit in 64 bits");
        }
        if (type == ScalarType.JSON) {
            return new BadValueException(found + ": " + cause.getMessage());
        }
        return new BadValueException(cause instanceof Misfit ? found + ", which " + cause.getMessage() : found);
    }

    private static boolean bool(String text) {
        String word = text.strip();
        if (word.equalsIgnoreCase("true")) {
            return true;
        }
        if (word.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(word);
    }

    private static double floating(String text) {
        requireDecimal(text);
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new Misfit("is too large");
        }
        return value;
    }

    /** The decimal with the scale of its type, unless digits would be lost. */
    private static BigDecimal decimal(DecimalType type, String text) {
        requireDecimal(text);
        BigDecimal value = new BigDecimal(text);
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        // Looked at first, as 1E1000000 has a million digits.
        if (Math.abs((long) value.precision() - value.scale()) > LARGEST_EXPONENT) {
            throw new Misfit(value.scale() > 0 ? "is too small" : "is too large");
        }
        BigDecimal shortest = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
        if (shortest.scale() > type.scale()) {
            throw new Misfit("has more than " + type.scale() + " digits behind the point");
        }
        BigDecimal scaled = shortest.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new Misfit("is too large");
        }
        return scaled;
    }

    /** Refuses what only Java takes for a number: {@code NaN}, {@code 1f}, {@code 0x1p3}, digits of other scripts. */
    private static void requireDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if ((each < '0' || each > '9') && ".+-eE".indexOf(each) < 0) {
                throw new IllegalArgumentException(text);
            }
        }
    }

    private static Duration duration(String text) {
        return DIGITS.matcher(text).matches() ? durationOfNanos(text) : Duration.parse(toNanos(text));
    }

    /** Durations may be longer than the 292 years that 64 bits of nanoseconds hold. */
    private static Duration durationOfNanos(String digits) {
        try {
            BigDecimal seconds = new BigDecimal(digits).movePointLeft(9);
            BigInteger whole = seconds.toBigInteger();
            return Duration.ofSeconds(
                    whole.longValueExact(),
                    seconds.subtract(new BigDecimal(whole)).movePointRight(9).longValueExact());
        } catch (ArithmeticException e) {
            throw new Misfit("is too large");
        }
    }

    /** A datetime's text with a {@code T} in the middle, and nine digits of a second at most. */
    private static String withT(String text) {
        String datetime = toNanos(text.strip());
        return datetime.length() > 10 && datetime.charAt(10) == ' '
                ? datetime.substring(0, 10) + 'T' + datetime.substring(11)
                : datetime;
    }

    private static String toNanos(String text) {
        boolean hasFraction = text.indexOf('.') >= 0 || text.indexOf(',') >= 0;
        return hasFraction ? BEYOND_NANOS.matcher(text).replaceFirst("") : text;
    }

    /** A number's text that its type can't hold; says why. */
    private static final class Misfit extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Misfit(String what) {
            super(what);
        }
    }
}
