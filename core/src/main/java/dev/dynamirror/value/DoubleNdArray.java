package dev.dynamirror.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An n-dimensional array of floating-point numbers; never changed. */
public final class DoubleNdArray implements NdArray {

    private final long[] shape;
    private final double[] elements;

    /**
     * Takes copies of the arrays.
     *
     * @param shape the length of each dimension
     * @param elements the elements in row-major order
     * @throws IllegalArgumentException if a length is negative, or the elements are not as many as the shape says
     */
    public DoubleNdArray(long[] shape, double[] elements) {
        this.shape = Shape.checked(shape.clone(), elements.length);
        this.elements = elements.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The elements in row-major order; a copy. */
    public double[] elements() {
        return elements.clone();
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public NdArrayType type() {
        return NdArrayType.FLOAT;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DoubleNdArray that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(elements);
    }

    /** The shape and the elements. */
    @Override
    public String toString() {
        return "ndarray" + Arrays.toString(shape) + Arrays.toString(elements);
    }
}
