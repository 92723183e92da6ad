package dev.dynamirror.value;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@link Tuple}, stored as L.
 *
 * @param elements the types of its elements; an empty tuple has none
 */
public record TupleType(List<LiveType> elements) implements LiveType {

    /** Takes a copy of the list. */
    public TupleType {
        elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.tuple(this);
    }

    @Override
    public int nesting() {
        return 1 + elements.stream().mapToInt(LiveType::nesting).max().orElse(0);
    }

    @Override
    public boolean isMixed() {
        return elements.stream().anyMatch(LiveType::isMixed);
    }

    @Override
    public String toString() {
        return elements.stream().map(LiveType::toString).collect(Collectors.joining(", ", "tuple<", ">"));
    }
}
