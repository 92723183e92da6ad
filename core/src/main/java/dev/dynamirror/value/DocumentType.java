package dev.dynamirror.value;

/**
 * A document with named fields, a {@link java.util.Map} in Java, stored as M; schemas write it {@code row<…>}.
 *
 * @param fields its fields, each of a type of its own
 */
public record DocumentType(Schema fields) implements LiveType {

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.document(this);
    }

    @Override
    public int nesting() {
        return 1
                + fields.columns().stream()
                        .mapToInt(field -> field.type().nesting())
                        .max()
                        .orElse(0);
    }

    @Override
    public boolean isMixed() {
        return fields.columns().stream().anyMatch(field -> field.type().isMixed());
    }

    @Override
    public String toString() {
        return "row<" + fields + ">";
    }
}
