package dev.dynamirror.item;

/** A value that DynamoDB doesn't take; says what was found and expected, its place is added by who knows it. */
public final class IllegalValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Where in the column's value, like {@code [2].price}; empty for the value itself. */
    private final String path;

    /** Creates an error from what was found and what was expected. */
    public IllegalValueException(String problem) {
        this(problem, "");
    }

    private IllegalValueException(String problem, String path) {
        super(path.isEmpty() ? problem : path + ": " + problem);
        this.problem = problem;
        this.path = path;
    }

    /** The same error of a value that is the element of that index in a list or tuple. */
    public IllegalValueException inElement(int index) {
        return new IllegalValueException(problem, "[" + index + "]" + path);
    }

    /** The same error of a value that stands under that name in a document or map. */
    public IllegalValueException inField(String name) {
        return new IllegalValueException(problem, "." + ErrorText.shortened(name) + path);
    }

    /** What was found and expected, without the place. */
    String problem() {
        return problem;
    }

    String path() {
        return path;
    }
}
