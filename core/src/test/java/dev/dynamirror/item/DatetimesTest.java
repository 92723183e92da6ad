package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatetimesTest {

    /** What the JDK makes of a text; ours takes what this takes, and nothing else. */
    private static final DateTimeFormatter JDK = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private static final String CHARACTERS = "0123456789-:.,+TZ e";

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00, 2025-01-17T10:30:00",
        "2025-01-17T10:30, 2025-01-17T10:30:00",
        "2025-01-17T10:30:00.5, 2025-01-17T10:30:00.500",
        "0000-02-29T23:59:59.999999999, 0000-02-29T23:59:59.999999999",
        "2025-01-17T10:30:00.000000001, 2025-01-17T10:30:00.000000001",
        "-0001-01-01T00:00:00, -0001-01-01T00:00:00",
        "+12025-01-17T10:30:00, +12025-01-17T10:30:00"
    })
    void aDatetimeWithoutZone(String text, String expected) {
        assertThat(Datetimes.naive(text)).isEqualTo(LocalDateTime.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00Z, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00.123456789+0000, 2025-01-17T10:30:00.123456789Z",
        "2025-01-17T10:30:00+00, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00.5+01:00, 2025-01-17T09:30:00.5Z",
        "2025-01-17T10:30:00-0130, 2025-01-17T12:00:00Z",
        "2025-01-17T10:30Z, 2025-01-17T10:30:00Z"
    })
    void aDatetimeWithAnOffset(String text, String expected) {
        assertThat(Datetimes.utc(text)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2025-02-30T00:00:00",
                "2025-13-01T00:00:00",
                "2025-01-17T24:00:00",
                "2025-01-17T23:59:60",
                "2025-01-17T10:30:00.1234567890",
                "2025-01-17 10:30:00",
                "2025-01-17T10:30:00Z",
                "2025-01-1\u0667T10:30:00"
            })
    void whatIsNone(String text) {
        assertThatThrownBy(() -> Datetimes.naive(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void isWhatTheJdkMakesOfEachText() {
        SplittableRandom random = new SplittableRandom(7);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text =
                    new StringBuilder(LocalDateTime.of(2025, 1, 17, 10, 30, 0, random.nextInt(3) * 123_456_789)
                            .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
            text.append(new String[] {"", "Z", "+0000", "+01:00"}[random.nextInt(4)]);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, other);
                    case 1 -> text.insert(at, other);
                    default -> text.deleteCharAt(at);
                }
            }
            String changed = text.toString();
            Optional<LocalDateTime> naive = parsed(changed, Datetimes::naive);
            assertThat(naive).as(changed).isEqualTo(parsed(changed, LocalDateTime::parse));
            assertThat(parsed(changed, Datetimes::utc))
                    .as(changed)
                    .isEqualTo(parsed(
                            changed, each -> OffsetDateTime.parse(each, JDK).toInstant()));
            taken += naive.isPresent() ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(20_000);
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
