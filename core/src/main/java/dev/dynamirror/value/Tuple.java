package dev.dynamirror.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of values without names, each of a type of its own; never changed. */
public final class Tuple {

    private final @Nullable Object[] elements;

    private Tuple(@Nullable Object[] elements) {
        this.elements = elements;
    }

    /** A tuple of these values; null for an absent one. */
    public static Tuple of(@Nullable Object... elements) {
        return new Tuple(elements.clone());
    }

    /** How many values there are. */
    public int size() {
        return elements.length;
    }

    /**
     * The value at that index, from 0; null if it is absent.
     *
     * @throws ArrayIndexOutOfBoundsException if there is no such index
     */
    public @Nullable Object get(int index) {
        return elements[index];
    }

    /** The values in a list that can't be changed; null for an absent one. */
    public List<@Nullable Object> toList() {
        return Collections.unmodifiableList(Arrays.asList(elements.clone()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple that && Arrays.deepEquals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(elements);
    }

    /** The values in parentheses. */
    @Override
    public String toString() {
        String list = Arrays.deepToString(elements);
        return "(" + list.substring(1, list.length() - 1) + ")";
    }
}
