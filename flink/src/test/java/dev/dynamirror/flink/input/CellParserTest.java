package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellParserTest {

    @Test
    void ints() throws Exception {
        assertThat(parse(ScalarType.INT, "7")).isEqualTo(7L);
        assertThat(parse(ScalarType.INT, " -9223372036854775808 ")).isEqualTo(Long.MIN_VALUE);
        assertThat(parse(ScalarType.INT, "+007")).isEqualTo(7L);
        assertProblem(ScalarType.INT, "1.0", "expected an int, but found \"1.0\"");
        assertProblem(
                ScalarType.INT,
                "9223372036854775808",
                "expected an int, but found \"9223372036854775808\", which doesn't fit in 64 bits");
    }

    @Test
    void floats() throws Exception {
        assertThat(parse(ScalarType.FLOAT, "7")).isEqualTo(7.0);
        assertThat(parse(ScalarType.FLOAT, " -1.5e-7")).isEqualTo(-1.5e-7);
        assertThat(parse(ScalarType.FLOAT, "-0")).isEqualTo(-0.0);
        assertThat(parse(ScalarType.FLOAT, ".5")).isEqualTo(0.5);
        assertThat(parse(ScalarType.FLOAT, "5.")).isEqualTo(5.0);
        assertThat(parse(ScalarType.FLOAT, "1e-999")).isEqualTo(0.0);
        assertProblem(ScalarType.FLOAT, "1e999", "expected a float, but found \"1e999\", which is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "inf", "1d", "0x1p3", "1,5", "."})
    void textsThatOnlyJavaOrNobodyTakesForFloatsAreRefused(String text) {
        assertProblem(ScalarType.FLOAT, text, "expected a float, but found \"" + text + "\"");
    }

    @Test
    void bools() throws Exception {
        assertThat(parse(ScalarType.BOOL, "true")).isEqualTo(true);
        assertThat(parse(ScalarType.BOOL, "False ")).isEqualTo(false);
        assertThat(parse(ScalarType.BOOL, "TRUE")).isEqualTo(true);
        assertProblem(ScalarType.BOOL, "1", "expected a bool (true or false), but found \"1\"");
    }

    @Test
    void stringsAreTakenAsTheyAre() throws Exception {
        assertThat(parse(ScalarType.STR, " a\n")).isEqualTo(" a\n");
        assertThat(parse(ScalarType.STR, "")).isEqualTo("");
    }

    @Test
    void bytes() throws Exception {
        assertThat(parse(ScalarType.BYTES, "+/8=")).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(parse(ScalarType.BYTES, "+/8")).isEqualTo(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(parse(ScalarType.BYTES, "")).isEqualTo(new byte[0]);
        assertProblem(ScalarType.BYTES, "-_8=", "expected bytes in base64, but found \"-_8=\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00, 2025-01-17T10:30:00",
        "2025-01-17 10:30:00, 2025-01-17T10:30:00",
        "2025-01-17T10:30, 2025-01-17T10:30:00",
        "2025-01-17T10:30:00.5, 2025-01-17T10:30:00.500",
        "2025-01-17T10:30:00.123456789, 2025-01-17T10:30:00.123456789",
        "2025-01-17T10:30:00.12345678999, 2025-01-17T10:30:00.123456789",
        "1969-12-31 23:59:59.999999999, 1969-12-31T23:59:59.999999999",
    })
    void naiveDatetimes(String text, LocalDateTime expected) throws Exception {
        assertThat(parse(ScalarType.DATETIME_NAIVE, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2025-01-17T10:30:00Z", "2025-02-30T10:30:00", "2025-01-17", "2025-01-17T10:30:00.12345678x"})
    void otherNaiveDatetimesAreRefused(String text) {
        assertProblem(
                ScalarType.DATETIME_NAIVE,
                text,
                "expected a datetime_naive like 2025-01-17T10:30:00, but found \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-17T10:30:00Z, 2025-01-17T10:30:00Z",
        "2025-01-17 10:30:00Z, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00+00:00, 2025-01-17T10:30:00Z",
        "2025-01-17T10:30:00.000000001+0000, 2025-01-17T10:30:00.000000001Z",
        "2025-01-17T10:30:00+0530, 2025-01-17T05:00:00Z",
        "2025-01-17T10:30:00-02, 2025-01-17T12:30:00Z",
    })
    void utcDatetimes(String text, Instant expected) throws Exception {
        assertThat(parse(ScalarType.DATETIME_UTC, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-17T10:30:00", "2025-01-17T10:30:00 Z", "2025-01-17Z", "2025-01-17T10:30:00+25:00"})
    void otherUtcDatetimesAreRefused(String text) {
        assertProblem(
                ScalarType.DATETIME_UTC,
                text,
                "expected a datetime_utc like 2025-01-17T10:30:00Z, but found \"" + text + "\"");
    }

    @Test
    void anAbsentCellNeedsAnOptionalType() throws Exception {
        assertThat(CellParser.of(new Column("a", ScalarType.STR.optional())).parse(null))
                .isNull();
        assertThatThrownBy(() -> CellParser.of(new Column("a", ScalarType.STR)).parse(null))
                .isInstanceOf(BadValueException.class)
                .hasMessage("expected a str, but the value is absent, which only the type \"str?\" allows");
    }

    @Test
    void anEmptyTextIsAbsentForTypesThatHaveNone() throws Exception {
        assertThat(CellParser.of(new Column("a", ScalarType.INT.optional())).parse(""))
                .isNull();
        assertThat(CellParser.of(new Column("a", ScalarType.STR.optional())).parse(""))
                .isEqualTo("");
    }

    private static Object parse(ScalarType type, String text) throws BadValueException {
        return CellParser.parse(type, text);
    }

    private static void assertProblem(ScalarType type, String text, String problem) {
        assertThatThrownBy(() -> CellParser.parse(type, text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(problem);
    }
}
