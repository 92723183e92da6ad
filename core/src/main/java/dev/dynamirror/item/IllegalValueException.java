package dev.dynamirror.item;

/** A value that DynamoDB doesn't take; says what was found and expected, its place is added by who knows it. */
public final class IllegalValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an error from what was found and what was expected. */
    public IllegalValueException(String message) {
        super(message);
    }
}
