package dev.dynamirror.value;

/** An n-dimensional {@link NdArray} of numbers, stored as M with its shape and its elements in row-major order. */
public enum NdArrayType implements LiveType {
    /** Its elements are {@code long}. */
    INT,
    /** Its elements are {@code double}. */
    FLOAT;

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.ndArray(this);
    }

    @Override
    public int nesting() {
        return 2;
    }

    @Override
    public String toString() {
        return this == INT ? "ndarray<int>" : "ndarray<float>";
    }
}
