package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeWriterTest {

    @Test
    void booleans() {
        assertThat(written(out -> out.bool(true))).isEqualTo("{\"BOOL\":true}");
        assertThat(written(out -> out.bool(false))).isEqualTo("{\"BOOL\":false}");
    }

    @Test
    void absence() {
        assertThat(written(AttributeWriter::absent)).isEqualTo("{\"NULL\":true}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, 42, -1000, 2147483648L, Long.MAX_VALUE, Long.MIN_VALUE})
    void integers(long value) {
        assertThat(written(out -> out.number(value))).isEqualTo("{\"N\":\"" + value + "\"}");
    }

    @Test
    void extremeIntegersByHand() {
        assertThat(written(out -> out.number(Long.MIN_VALUE))).isEqualTo("{\"N\":\"-9223372036854775808\"}");
        assertThat(written(out -> out.number(Long.MAX_VALUE))).isEqualTo("{\"N\":\"9223372036854775807\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1.5, 1.5",
        "-2.0, -2",
        "0.0, 0",
        "-0.0, -0",
        "100.0, 100",
        "120000.0, 120000",
        "9999999.0, 9999999",
        "1.0E7, 10000000",
        "1.2345678E7, 12345678",
        "0.1, 0.1",
        "0.001, 0.001",
        "2.0E-3, 0.002",
        "9.99E-4, 0.000999",
        "1e-7, 0.0000001",
        "-1e-7, -0.0000001",
        "1e21, 1000000000000000000000",
        "1e22, 10000000000000000000000",
        "1.5e20, 150000000000000000000",
        "123456789012345680.0, 123456789012345680",
        "0.30000000000000004, 0.30000000000000004",
        "3.141592653589793, 3.141592653589793",
        "9007199254740993.0, 9007199254740992",
        "2.0E23, 200000000000000000000000",
        "4.35, 4.35",
    })
    void doublesHaveTheShortestDigitsAndNoExponent(double value, String text) {
        assertThat(written(out -> out.number(value))).isEqualTo("{\"N\":\"" + text + "\"}");
    }

    @Test
    void doublesAtTheEndsOfDynamoDbsRange() {
        assertThat(written(out -> out.number(1E-130))).isEqualTo("{\"N\":\"0." + "0".repeat(129) + "1\"}");
        assertThat(written(out -> out.number(-9E125))).isEqualTo("{\"N\":\"-9" + "0".repeat(125) + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN                     | NaN is no number that DynamoDB can store; filter or replace it",
                "Infinity                | Infinity is no number that DynamoDB can store; filter or replace it",
                "-Infinity               | -Infinity is no number that DynamoDB can store; filter or replace it",
                "1.7976931348623157E308  | 1.7976931348623157E+308 is out of DynamoDB's number range (at most 9.99…E+125)",
                "-1.7976931348623157E308 | -1.7976931348623157E+308 is out of DynamoDB's number range (at most 9.99…E+125)",
                "1E126                   | 1E+126 is out of DynamoDB's number range (at most 9.99…E+125)",
                "4.9E-324                | 4.9E-324 is out of DynamoDB's number range (at least 1E-130, or 0)",
                "9.9E-131                | 9.9E-131 is out of DynamoDB's number range (at least 1E-130, or 0)",
            })
    void doublesThatDynamoDbCantStoreAreRefused(double value, String message) {
        assertRefused(() -> written(out -> out.number(value)), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1.0, 1",
        "-0.0, -0",
        "3.4028235E38, 340282350000000000000000000000000000000",
        "1.1754944E-38, 0.000000000000000000000000000000000000011754944",
        "16777216, 16777216",
        "1.0E10, 10000000000",
        "0.3, 0.3"
    })
    void floatsHaveTheirOwnShortestDigits(float value, String text) {
        assertThat(written(out -> out.number(value))).isEqualTo("{\"N\":\"" + text + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void floatsThatAreNoNumbersAreRefused(float value) {
        assertRefused(
                () -> written(out -> out.number(value)),
                value + " is no number that DynamoDB can store; filter or replace it");
    }

    @Test
    void shortestDigitsOfManyDoubles() {
        SplittableRandom random = new SplittableRandom(20261122);
        int seen = 0;
        for (int i = 0; i < 300_000; i++) {
            double value = randomDouble(random, i);
            double magnitude = Math.abs(value);
            if (!(magnitude >= 1E-130 && magnitude < 1E126)) {
                continue;
            }
            seen++;
            String text = Numbers.plain(value);
            assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(value));
            assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");
            assertThat(significantDigits(text))
                    .as(text)
                    .isLessThanOrEqualTo(significantDigits(Double.toString(value)))
                    .isLessThanOrEqualTo(17);
        }
        assertThat(seen).isGreaterThan(200_000);
    }

    /** Any bits, with an exponent that DynamoDB takes; decimals of few digits; whole numbers. */
    private static double randomDouble(SplittableRandom random, int i) {
        return switch (i % 3) {
            case 0 -> {
                long exponent = 1023 + random.nextLong(-430, 418);
                yield Double.longBitsToDouble((random.nextLong() & 0x800F_FFFF_FFFF_FFFFL) | (exponent << 52));
            }
            case 1 -> random.nextInt(-1_000_000, 1_000_000) / Math.pow(10, random.nextInt(0, 12));
            default -> random.nextLong();
        };
    }

    private static int significantDigits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T00:00:00, 2025-01-17T00:00:00.000000000",
        "2025-01-17T01:02:03.000000004, 2025-01-17T01:02:03.000000004",
        "2025-12-31T23:59:59.999999999, 2025-12-31T23:59:59.999999999",
        "1969-07-20T20:17:40.100, 1969-07-20T20:17:40.100000000",
        "0000-01-01T00:00:00, 0000-01-01T00:00:00.000000000",
        "0099-02-03T04:05:06, 0099-02-03T04:05:06.000000000",
        "9999-12-31T23:59:59.999999999, 9999-12-31T23:59:59.999999999",
    })
    void datetimes(LocalDateTime value, String text) {
        assertThat(written(out -> out.naiveDatetime(value))).isEqualTo("{\"S\":\"" + text + "\"}");
        Instant instant = value.toInstant(java.time.ZoneOffset.UTC);
        assertThat(written(out -> out.utcDatetime(instant))).isEqualTo("{\"S\":\"" + text + "+0000\"}");
        assertThat(AttributeWriter.naiveDatetimeText(value)).isEqualTo(text);
        assertThat(AttributeWriter.utcDatetimeText(instant)).isEqualTo(text + "+0000");
    }

    @Test
    void datetimesOfOtherYearsAreRefused() {
        assertRefused(
                () -> written(out -> out.naiveDatetime(LocalDateTime.of(10000, 1, 1, 0, 0))),
                "the year of +10000-01-01T00:00 is not from 0 to 9999");
        assertRefused(
                () -> written(out -> out.naiveDatetime(LocalDateTime.of(-1, 12, 31, 23, 59))),
                "the year of -0001-12-31T23:59 is not from 0 to 9999");
        assertRefused(
                () -> written(out -> out.utcDatetime(Instant.parse("+10000-01-01T00:00:00Z"))),
                "the year of +10000-01-01T00:00:00Z is not from 0 to 9999");
        assertRefused(
                () -> written(out -> out.utcDatetime(Instant.parse("-0001-12-31T23:59:59.999999999Z"))),
                "the year of -0001-12-31T23:59:59.999999999Z is not from 0 to 9999");
    }

    /** The last instant's year is one more than the last that LocalDateTime has. */
    @Test
    void theEndsOfTimeAreRefusedLikeAnyOtherYear() {
        assertRefused(
                () -> written(out -> out.utcDatetime(Instant.MAX)),
                "the year of +1000000000-12-31T23:59:59.999999999Z is not from 0 to 9999");
        assertRefused(
                () -> written(out -> out.utcDatetime(Instant.MIN)),
                "the year of -1000000000-01-01T00:00:00Z is not from 0 to 9999");
        assertRefused(
                () -> written(out -> out.naiveDatetime(LocalDateTime.MAX)),
                "the year of +999999999-12-31T23:59:59.999999999 is not from 0 to 9999");
    }

    @Test
    void strings() {
        assertThat(written(out -> out.string(""))).isEqualTo("{\"S\":\"\"}");
        assertThat(written(out -> out.string("Hello"))).isEqualTo("{\"S\":\"Hello\"}");
        assertThat(written(out -> out.string("say \"hi\" \\ or / 'so'")))
                .isEqualTo("{\"S\":\"say \\\"hi\\\" \\\\ or / 'so'\"}");
        assertThat(written(out -> out.string("\u0000\b\t\n\u000b\f\r\u001f \u007f")))
                .isEqualTo("{\"S\":\"\\u0000\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001f \u007f\"}");
    }

    @Test
    void stringsAreUtf8OfAllLengths() {
        String text = "z\u0080ü\u07ff\u0800名\ud7ff\ue000\uffff\ud800\udc00😀\udbff\udfff";
        assertThat(bytes(out -> out.string(text)))
                .isEqualTo(("{\"S\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(bytes(out -> out.string("ü😀")))
                .containsExactly('{', '"', 'S', '"', ':', '"', 0xc3, 0xbc, 0xf0, 0x9f, 0x98, 0x80, '"', '}');
    }

    @Test
    void longStringsFit() {
        for (String piece : new String[] {"a", "\u0001", "ü", "名", "😀"}) {
            String text = piece.repeat(10_000);
            String escaped = piece.equals("\u0001") ? "\\u0001".repeat(10_000) : text;
            assertThat(written(out -> out.string(text))).isEqualTo("{\"S\":\"" + escaped + "\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"a\ud800, D800, 1", "\udc00, DC00, 0", "ab\udbffc, DBFF, 2", "😀\ud83d\ud83d\ude00, D83D, 2"})
    void halfASurrogatePairIsRefused(String text, String unit, int index) {
        String message = "the string is no valid Unicode: half of a surrogate pair (U+" + unit + ") at index " + index;
        assertRefused(() -> written(out -> out.string(text)), message);
        assertRefused(() -> KeyAttribute.string(text), message);

        String longOne = "why? ".repeat(40);
        assertRefused(
                () -> written(out -> out.string(longOne + text)),
                message.replace("index " + index, "index " + (longOne.length() + index)));
    }

    @Test
    void longStringsAreEscapedWhereTheyMustBe() {
        String text = "why? ".repeat(40) + "\"\\\n" + "ä".repeat(2) + "b".repeat(100) + "\"";
        String escaped = "why? ".repeat(40) + "\\\"\\\\\\u000a" + "ää" + "b".repeat(100) + "\\\"";
        assertThat(written(out -> out.string(text))).isEqualTo("{\"S\":\"" + escaped + "\"}");
        assertThat(written(out -> out.string(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"S\":\"" + escaped + "\"}");
        String ascii = text.replace("ä", "?");
        assertThat(written(out -> out.string(ascii))).isEqualTo("{\"S\":\"" + escaped.replace("ä", "?") + "\"}");
    }

    @Test
    void binaries() {
        assertThat(written(out -> out.binary(new byte[0]))).isEqualTo("{\"B\":\"\"}");
        assertThat(written(out -> out.binary(new byte[] {0}))).isEqualTo("{\"B\":\"AA==\"}");
        assertThat(written(out -> out.binary(new byte[] {0, 1}))).isEqualTo("{\"B\":\"AAE=\"}");
        assertThat(written(out -> out.binary(new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xfe})))
                .isEqualTo("{\"B\":\"+//+\"}");
    }

    @Test
    void valuesFollowOneAnother() {
        assertThat(written(out -> {
                    out.number(1);
                    out.string("a");
                    out.clear();
                    out.bool(true);
                    out.absent();
                }))
                .isEqualTo("{\"BOOL\":true}{\"NULL\":true}");
    }

    @Test
    void jsonStrings() {
        assertThat(AttributeWriter.jsonString("a\"\\\nü")).isEqualTo("\"a\\\"\\\\\\u000aü\"");
    }

    private static String written(Consumer<AttributeWriter> writes) {
        AttributeWriter out = new AttributeWriter();
        writes.accept(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Consumer<AttributeWriter> writes) {
        AttributeWriter out = new AttributeWriter();
        writes.accept(out);
        return out.toByteArray();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalValueException.class).hasMessage(message);
    }

    /** Those of up to six decimals are written without a text in between. */
    @Test
    void doublesOfFewDecimalsHaveTheSameDigitsAsAllOthers() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            long digits = random.nextLong(-1L << random.nextInt(1, 62), 1L << random.nextInt(1, 62));
            double value = digits / Math.pow(10, random.nextInt(10));
            AttributeWriter out = new AttributeWriter();
            out.number(value);
            assertThat(text(out)).isEqualTo("{\"N\":\"" + Numbers.plain(value) + "\"}");
        }
        for (double value : new double[] {0, -0.0, 999_999_999.999999, 1e9, Long.MIN_VALUE / 1e6, 1e-6, 1e-7, 0.5}) {
            AttributeWriter out = new AttributeWriter();
            out.number(value);
            assertThat(text(out)).isEqualTo("{\"N\":\"" + Numbers.plain(value) + "\"}");
        }
    }

    @Test
    void utf8IsWrittenAsTheSameString() {
        for (String value : new String[] {"", "plain", "\"\\/\u0000\u001f\u007f\u0080", "é€\uffff𝄞", "a𝄞\n"}) {
            AttributeWriter expected = new AttributeWriter();
            expected.string(value);
            AttributeWriter out = new AttributeWriter();
            out.string(value.getBytes(StandardCharsets.UTF_8));
            assertThat(text(out)).isEqualTo(text(expected));
        }
    }

    @Test
    void secondsAreWrittenAsTheSameDatetime() {
        SplittableRandom random = new SplittableRandom(1);
        AttributeWriter out = new AttributeWriter();
        for (int i = 0; i < 100_000; i++) {
            long second = random.nextLong(-62_167_219_200L, 253_402_300_800L) >> random.nextInt(30);
            int nano = random.nextInt(1_000_000_000);
            AttributeWriter expected = new AttributeWriter();
            expected.naiveDatetime(LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC));
            out.clear();
            out.naiveDatetime(second, nano);
            assertThat(text(out)).isEqualTo(text(expected));
        }
        for (long second : new long[] {-62_167_219_201L, 253_402_300_800L}) {
            assertThatThrownBy(() -> out.naiveDatetime(second, 0))
                    .isInstanceOf(IllegalValueException.class)
                    .hasMessageStartingWith("the year of ")
                    .hasMessageEndingWith(" is not from 0 to 9999");
        }
    }

    private static String text(AttributeWriter out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
