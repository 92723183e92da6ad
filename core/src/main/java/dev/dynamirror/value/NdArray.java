package dev.dynamirror.value;

/**
 * An n-dimensional array of numbers, with any number of dimensions, in row-major order: the last index runs fastest.
 *
 * <p>An array without dimensions has one element; one with a dimension of length 0 has none.
 */
public sealed interface NdArray permits LongNdArray, DoubleNdArray {

    /** The length of each dimension; a copy. */
    long[] shape();

    /** How many elements there are. */
    int size();

    /** The type of the array. */
    NdArrayType type();

    /**
     * An array of integers.
     *
     * @param shape the length of each dimension
     * @param elements the elements in row-major order
     * @throws IllegalArgumentException if a length is negative, or the elements are not as many as the shape says
     */
    static LongNdArray of(long[] shape, long[] elements) {
        return new LongNdArray(shape, elements);
    }

    /**
     * An array of floating-point numbers.
     *
     * @param shape the length of each dimension
     * @param elements the elements in row-major order
     * @throws IllegalArgumentException if a length is negative, or the elements are not as many as the shape says
     */
    static DoubleNdArray of(long[] shape, double[] elements) {
        return new DoubleNdArray(shape, elements);
    }
}
