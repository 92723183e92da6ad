package dev.dynamirror.value;

/**
 * A type whose values may be absent.
 *
 * @param required the type of the values that are there; never optional itself
 */
public record OptionalType(LiveType required) implements LiveType {

    /**
     * Checks the type.
     *
     * @throws IllegalArgumentException if the type is optional already
     */
    public OptionalType {
        if (required.isOptional()) {
            throw new IllegalArgumentException(required + " is optional already");
        }
    }

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.optional(this);
    }

    @Override
    public LiveType optional() {
        return this;
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public int nesting() {
        return required.nesting();
    }

    @Override
    public boolean isMixed() {
        return required.isMixed();
    }

    @Override
    public String toString() {
        return required + "?";
    }
}
