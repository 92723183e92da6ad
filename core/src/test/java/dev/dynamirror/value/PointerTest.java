package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PointerTest {

    @Test
    void pointersArePathways() {
        assertThat(Pointer.of(42)).hasToString("^Z5QKEQCDK9ZZ6TSYV0PM0G92JC");
        assertThat(Pointer.of(1)).hasToString("^YYY4HABTRW7T8VX2Q429ZYV70W");
        assertThat(Pointer.of()).hasToString("^PWSRT420000000000000000000");
    }

    @Test
    void theTextIsReadAsThePointer() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int i = 0; i < 10_000; i++) {
            Pointer pointer = new Pointer(random.nextLong(), random.nextLong());
            assertThat(pointer.toString()).matches("\\^[0-9A-HJKMNP-TV-Z]{25}[048CGMRW]");
            assertThat(Pointer.parse(pointer.toString())).isEqualTo(pointer);
        }
    }

    @Test
    void theBytesAreLittleEndian() {
        assertThat(new Pointer(0, 1)).hasToString("^04000000000000000000000000");
        assertThat(new Pointer(1L << 56, 0)).hasToString("^00000000000000000000000004");
        assertThat(new Pointer(Long.MIN_VALUE, 0)).hasToString("^000000000000000000000000G0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^",
                "Z5QKEQCDK9ZZ6TSYV0PM0G92JC",
                "^Z5QKEQCDK9ZZ6TSYV0PM0G92J",
                "^Z5QKEQCDK9ZZ6TSYV0PM0G92JC0",
                "^z5qkeqcdk9zz6tsyv0pm0g92jc",
                "^Z5QKEQCDK9ZZ6TSYV0PM0G92JD",
                "^I5QKEQCDK9ZZ6TSYV0PM0G92JC",
                "^Z5QKEQCDK9ZZ6TSYV0PM0G92J\u0663",
            })
    void otherTextsAreNoPointers(String text) {
        assertThatThrownBy(() -> Pointer.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is no pointer; expected ^ and 26 characters, like"
                        + " ^00000000000000000000000000");
    }

    @Test
    void aLongTextIsShownInPart() {
        assertThatThrownBy(() -> Pointer.parse("x".repeat(100)))
                .hasMessageStartingWith("\"" + "x".repeat(40) + "…\" is no pointer");
    }

    @Test
    void valuesThatAreEqualToPathwayGiveOnePointer() {
        assertThat(Pointer.of((byte) 1)).isEqualTo(Pointer.of(1L)).isEqualTo(Pointer.of((short) 1));
        assertThat(Pointer.of(-0.0)).isEqualTo(Pointer.of(0.0)).isEqualTo(Pointer.of(0f));
        assertThat(Pointer.of(0.1f)).isEqualTo(Pointer.of(0.1));
        assertThat(Pointer.of(Double.NaN)).isEqualTo(Pointer.of(Double.longBitsToDouble(0x7ff0_0000_0000_0001L)));
        assertThat(Pointer.of(Tuple.of(1, "a"))).isEqualTo(Pointer.of(List.of(1, "a")));
    }

    @Test
    void allOtherValuesGiveDifferentOnes() {
        @Nullable
        Object[][] values = {
            {},
            {(Object) null},
            {null, null},
            {false},
            {true},
            {0},
            {1},
            {1, 1},
            {0.0},
            {1.0},
            {""},
            {"1"},
            {"a", "b"},
            {"ab"},
            {"a$", "b"},
            {new byte[0]},
            {new byte[] {'1'}},
            {Json.parse("1")},
            {Json.parse("\"1\"")},
            {Tuple.of()},
            {Tuple.of(1)},
            {Tuple.of(Tuple.of(1))},
            {Pointer.of(1)},
            {NdArray.of(new long[] {1}, new long[] {1})},
            {NdArray.of(new long[] {1, 1}, new long[] {1})},
            {NdArray.of(new long[] {1}, new double[] {1})},
            {NdArray.of(new long[0], new double[] {1})},
            {LocalDateTime.of(1970, 1, 1, 0, 0)},
            {Instant.EPOCH},
            {Duration.ZERO},
            {Duration.ofNanos(-1)},
            {Duration.ofNanos(Long.MIN_VALUE)},
            {Duration.ofNanos(Long.MAX_VALUE)},
        };
        Set<Pointer> pointers = new HashSet<>();
        for (@Nullable Object[] value : values) {
            assertThat(pointers.add(Pointer.of(value)))
                    .as(Arrays.deepToString(value))
                    .isTrue();
        }
    }

    @Test
    void whatHasNoPointerIsRefused() {
        assertThatThrownBy(() -> Pointer.of(LocalDate.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pointer can't be made of a java.time.LocalDate; take its text, or another column that"
                        + " identifies the row");
        for (Object value : List.of(
                Duration.ofNanos(Long.MIN_VALUE).minusNanos(1),
                Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
                Instant.MAX,
                LocalDateTime.MIN)) {
            assertThatThrownBy(() -> Pointer.of(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a pointer can't be made of " + value + ", which doesn't fit in 64 bits of nanoseconds");
        }
    }

    @Test
    void pointersAreOrderedAsUnsignedNumbers() {
        assertThat(new Pointer(0, 1)).isLessThan(new Pointer(0, -1)).isLessThan(new Pointer(1, 0));
        assertThat(new Pointer(1, 0)).isLessThan(new Pointer(-1, 0)).isEqualByComparingTo(new Pointer(1, 0));
    }
}
