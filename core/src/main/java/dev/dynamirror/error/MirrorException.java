package dev.dynamirror.error;

/**
 * An error that the user of a mirror can act on.
 *
 * <p>Its message is complete: it names the place, what was found, what was expected and what to do, so that a program
 * may show it without a stack trace. Anything else that is thrown is a defect of ours.
 */
public class MirrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an error with its complete message. */
    public MirrorException(String message) {
        super(message);
    }

    /** Creates an error with its complete message and what led to it. */
    public MirrorException(String message, Throwable cause) {
        super(message, cause);
    }
}
