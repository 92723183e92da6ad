package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class NdArrayTest {

    @Test
    void anArrayHasAsManyElementsAsItsShapeHasRoomFor() {
        assertThat(NdArray.of(new long[] {2, 3}, new long[6]).size()).isEqualTo(6);
        assertThat(NdArray.of(new long[0], new long[1]).size()).isEqualTo(1);
        assertThat(NdArray.of(new long[] {Long.MAX_VALUE, 0, Long.MAX_VALUE}, new double[0])
                        .size())
                .isZero();
        assertRefused(new long[] {2}, 3, "the shape [2] has room for 2 elements, but there are 3");
        assertRefused(new long[0], 0, "the shape [] has room for 1 elements, but there are 0");
        assertRefused(new long[] {2, 0}, 1, "the shape [2, 0] has room for 0 elements, but there are 1");
        assertRefused(new long[] {-1}, 0, "the shape [-1] has a negative length; lengths are 0 or more");
        assertRefused(new long[] {0, -1}, 0, "the shape [0, -1] has a negative length; lengths are 0 or more");
        assertRefused(
                new long[] {1L << 32, 1L << 32},
                0,
                "the shape [4294967296, 4294967296] has room for 9223372036854775807 elements, but there are 0");
    }

    @Test
    void anArrayNeverChanges() {
        long[] shape = {1};
        double[] elements = {1.5};
        DoubleNdArray array = NdArray.of(shape, elements);
        shape[0] = 2;
        elements[0] = 2;
        array.shape()[0] = 3;
        array.elements()[0] = 3;
        assertThat(array)
                .isEqualTo(NdArray.of(new long[] {1}, new double[] {1.5}))
                .hasToString("ndarray[1][1.5]");
    }

    @Test
    void arraysAreEqualByTypeShapeAndElements() {
        LongNdArray array = NdArray.of(new long[] {1, 2}, new long[] {1, 2});
        assertThat(array)
                .isEqualTo(NdArray.of(new long[] {1, 2}, new long[] {1, 2}))
                .hasSameHashCodeAs(NdArray.of(new long[] {1, 2}, new long[] {1, 2}))
                .isNotEqualTo(NdArray.of(new long[] {2, 1}, new long[] {1, 2}))
                .isNotEqualTo(NdArray.of(new long[] {2}, new long[] {1, 2}))
                .isNotEqualTo(NdArray.of(new long[] {1, 2}, new double[] {1, 2}));
    }

    private static void assertRefused(long[] shape, int elements, String message) {
        assertThatThrownBy(() -> NdArray.of(shape, new long[elements]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> NdArray.of(shape, new double[elements]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
