package dev.dynamirror.flink.function;

import dev.dynamirror.error.MirrorException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A value that has no pointer, or is none; marked so that no restart strategy runs into it again and again. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class NoPointerException extends MirrorException {

    private static final long serialVersionUID = 1L;

    NoPointerException(String function, RuntimeException cause) {
        super(function + ": " + cause.getMessage(), cause);
    }
}
