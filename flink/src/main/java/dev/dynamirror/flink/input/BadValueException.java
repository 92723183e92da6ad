package dev.dynamirror.flink.input;

/** A value that its column can't take; whoever knows the place makes the user's error of it. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(String problem) {
        super(problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
