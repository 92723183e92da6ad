package dev.dynamirror.item;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;

/** Reads datetimes with up to nine fraction digits. */
public final class Datetimes {

    /** Takes {@code Z}, {@code +00:00}, {@code +0000} and {@code +00} for the offset, and any other offset; no 30 February. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private Datetimes() {}

    /**
     * A datetime without zone.
     *
     * @throws java.time.DateTimeException if the text is none
     */
    public static LocalDateTime naive(String text) {
        return LocalDateTime.parse(text);
    }

    /**
     * A datetime with an offset, any one, or {@code Z}.
     *
     * @throws java.time.DateTimeException if the text is none
     */
    public static Instant utc(String text) {
        return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
    }
}
