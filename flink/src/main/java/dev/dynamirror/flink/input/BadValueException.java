package dev.dynamirror.flink.input;

/** A value that its column can't take; whoever knows the place makes the user's error of it. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Where in the column's value, like {@code [2].price}; empty for the value itself. */
    private final String path;

    BadValueException(String problem) {
        this(problem, "");
    }

    private BadValueException(String problem, String path) {
        super(path.isEmpty() ? problem : "at " + path + ": " + problem, null, false, false);
        this.problem = problem;
        this.path = path;
    }

    /** The same problem of a value that is the element of that index. */
    BadValueException inElement(int index) {
        return new BadValueException(problem, "[" + index + "]" + path);
    }

    /** The same problem of values that are elements of lists. */
    BadValueException inElements() {
        return new BadValueException(problem, "[]" + path);
    }

    /** The same problem of a value that stands under that name. */
    BadValueException inField(String name) {
        return new BadValueException(problem, "." + Excerpt.of(name) + path);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
