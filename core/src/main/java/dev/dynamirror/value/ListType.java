package dev.dynamirror.value;

/**
 * A {@link java.util.List} of any length, stored as L.
 *
 * @param element the type of its elements
 */
public record ListType(LiveType element) implements LiveType {

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.list(this);
    }

    @Override
    public int nesting() {
        return 1 + element.nesting();
    }

    @Override
    public boolean isMixed() {
        return element.isMixed();
    }

    @Override
    public String toString() {
        return "list<" + element + ">";
    }
}
