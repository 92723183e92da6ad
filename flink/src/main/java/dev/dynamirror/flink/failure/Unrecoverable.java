package dev.dynamirror.flink.failure;

import dev.dynamirror.error.MirrorException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A mirror's failure inside a job, marked so that no restart strategy runs into it again and again. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class Unrecoverable extends MirrorException {

    private static final long serialVersionUID = 1L;

    private Unrecoverable(String message, MirrorException failure) {
        super(message, failure);
    }

    /** The failure, marked. */
    public static Unrecoverable of(MirrorException failure) {
        return failure instanceof Unrecoverable marked
                ? marked
                : new Unrecoverable(String.valueOf(failure.getMessage()), failure);
    }
}
