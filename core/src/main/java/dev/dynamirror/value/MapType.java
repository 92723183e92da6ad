package dev.dynamirror.value;

/**
 * A {@link java.util.Map} from any strings to values of one type, stored as M.
 *
 * @param value the type of its values
 */
public record MapType(LiveType value) implements LiveType {

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.map(this);
    }

    @Override
    public int nesting() {
        return 1 + value.nesting();
    }

    @Override
    public boolean isMixed() {
        return value.isMixed();
    }

    @Override
    public String toString() {
        return "map<" + value + ">";
    }
}
