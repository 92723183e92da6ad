package dev.dynamirror.value;

import java.util.Arrays;

/** What the shape of an n-dimensional array must be. */
final class Shape {

    private Shape() {}

    /**
     * The shape itself, if it has room for exactly so many elements.
     *
     * @throws IllegalArgumentException if it has not, or a length is negative
     */
    static long[] checked(long[] shape, int elements) {
        boolean empty = false;
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException(
                        "the shape " + Arrays.toString(shape) + " has a negative length; lengths are 0 or more");
            }
            empty |= length == 0;
        }
        if (empty ? elements != 0 : product(shape) != elements) {
            throw new IllegalArgumentException("the shape " + Arrays.toString(shape) + " has room for "
                    + (empty ? 0 : product(shape)) + " elements, but there are " + elements);
        }
        return shape;
    }

    /** The product of the lengths; the largest {@code long} if it is larger. */
    private static long product(long[] shape) {
        try {
            return Arrays.stream(shape).reduce(1, Math::multiplyExact);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }
}
