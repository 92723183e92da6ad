package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a column's values from the texts of its cells. */
final class CellParser {

    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    /** Takes {@code Z}, {@code +02:00}, {@code +0200} and {@code +02} for the offset. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private final LiveType type;
    private final ScalarType scalar;

    private CellParser(LiveType type, ScalarType scalar) {
        this.type = type;
        this.scalar = scalar;
    }

    static CellParser of(Column column) {
        return new CellParser(column.type(), RowTypes.scalar(column.type()));
    }

    /**
     * Reads a cell.
     *
     * <p>An empty text is a value of the types that have one, {@code str} and {@code bytes}; of the others it is absent,
     * for many programs quote every cell of a CSV file, absent ones too.
     *
     * @param text the cell's text, or null if there is none
     */
    @Nullable
    Object parse(@Nullable String text) throws BadValueException {
        boolean absent = text == null || (text.isEmpty() && scalar != ScalarType.STR && scalar != ScalarType.BYTES);
        if (text == null || absent) {
            return absent(type);
        }
        return parse(scalar, text);
    }

    /** The absent value of a column, if its type has one. */
    static @Nullable Object absent(LiveType type) throws BadValueException {
        if (type.isOptional()) {
            return null;
        }
        throw new BadValueException("expected " + expectation(RowTypes.scalar(type))
                + ", but the value is absent, which only the type \"" + type.optional() + "\" allows");
    }

    static Object parse(ScalarType type, String text) throws BadValueException {
        try {
            return switch (type) {
                case BOOL -> bool(text);
                case INT -> Long.parseLong(text.strip());
                case FLOAT -> decimal(text.strip());
                case STR -> text;
                case BYTES -> Base64.getDecoder().decode(text.strip());
                case DATETIME_NAIVE -> LocalDateTime.parse(withT(text.strip()));
                case DATETIME_UTC -> instant(withT(text.strip()));
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unexpected(type, text, e);
        }
    }

    /** What a value of a type looks like, for errors. */
    static String expectation(ScalarType type) {
        return switch (type) {
            case BOOL -> "a bool (true or false)";
            case INT -> "an int";
            case FLOAT -> "a float";
            case STR -> "a str";
            case BYTES -> "bytes in base64";
            case DATETIME_NAIVE -> "a datetime_naive like 2025-01-17T10:30:00";
            case DATETIME_UTC -> "a datetime_utc like 2025-01-17T10:30:00Z";
        };
    }

    private static BadValueException unexpected(ScalarType type, String text, RuntimeException cause) {
        String found = "expected " + expectation(type) + ", but found " + Excerpt.quoted(text);
        if (type == ScalarType.INT && DIGITS.matcher(text.strip()).matches()) {
            return new BadValueException(found + ", which doesn't fit in 64 bits");
        }
        return new BadValueException(cause instanceof ArithmeticProblem ? found + ", which is too large" : found);
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

    private static double decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new ArithmeticProblem();
        }
        return value;
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
    }

    private static String withT(String text) {
        return text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
    }

    /** A float's text that no double can hold. */
    private static final class ArithmeticProblem extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;
    }
}
