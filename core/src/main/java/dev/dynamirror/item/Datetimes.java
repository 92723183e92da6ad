package dev.dynamirror.item;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * Reads datetimes with up to nine fraction digits.
 *
 * <p>Those of the usual form, {@code 2025-01-17T10:30:00.5}, are read digit by digit: the JDK's formatters, which read all others,
 * take many times as long.
 */
public final class Datetimes {

    /** Takes {@code Z}, {@code +00:00}, {@code +0000} and {@code +00} for the offset, and any other offset; no 30 February. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** How many characters the usual form has without a fraction. */
    private static final int SECONDS_END = 19;

    private Datetimes() {}

    /**
     * A datetime without zone.
     *
     * @throws java.time.DateTimeException if the text is none
     */
    public static LocalDateTime naive(String text) {
        LocalDateTime usual = usual(text, text.length());
        return usual == null ? LocalDateTime.parse(text) : usual;
    }

    /**
     * A datetime with an offset, any one, or {@code Z}.
     *
     * @throws java.time.DateTimeException if the text is none
     */
    public static Instant utc(String text) {
        LocalDateTime usual = text.endsWith("Z")
                ? usual(text, text.length() - 1)
                : text.endsWith("+0000") ? usual(text, text.length() - "+0000".length()) : null;
        return usual == null ? OffsetDateTime.parse(text, WITH_OFFSET).toInstant() : usual.toInstant(ZoneOffset.UTC);
    }

    /** The datetime before that end of a text; null if it hasn't the usual form. */
    private static @Nullable LocalDateTime usual(String text, int end) {
        if (end < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int nanos = nanos(text, end);
        return (year | month | day | hour | minute | second | nanos) < 0
                ? null
                : LocalDateTime.of(year, month, day, hour, minute, second, nanos);
    }

    /** The nanoseconds that a fraction behind the seconds says, 0 if there is none; negative if it hasn't the usual form. */
    private static int nanos(String text, int end) {
        if (end == SECONDS_END) {
            return 0;
        }
        int start = SECONDS_END + 1;
        if (text.charAt(SECONDS_END) != '.' || end == start || end > start + 9) {
            return -1;
        }
        int fraction = digits(text, start, end);
        for (int i = end; fraction > 0 && i < start + 9; i++) {
            fraction *= 10;
        }
        return fraction;
    }

    /** The number that at most nine digits are; negative if another character is among them. */
    private static int digits(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
