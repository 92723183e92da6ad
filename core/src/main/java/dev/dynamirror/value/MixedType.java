package dev.dynamirror.value;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is found where a table's items have values of several types under one name: to be shown and read, not written.
 *
 * @param alternatives at least two types, none of them optional
 */
public record MixedType(List<LiveType> alternatives) implements LiveType {

    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if there are not two types, or one is optional
     */
    public MixedType {
        alternatives = List.copyOf(alternatives);
        if (alternatives.size() < 2 || alternatives.stream().anyMatch(LiveType::isOptional)) {
            throw new IllegalArgumentException(
                    "expected at least two types that are not optional, found " + alternatives);
        }
    }

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.mixed(this);
    }

    @Override
    public int nesting() {
        return alternatives.stream().mapToInt(LiveType::nesting).max().orElse(0);
    }

    @Override
    public boolean isMixed() {
        return true;
    }

    @Override
    public String toString() {
        return alternatives.stream().map(LiveType::toString).collect(Collectors.joining(", ", "mixed<", ">"));
    }
}
