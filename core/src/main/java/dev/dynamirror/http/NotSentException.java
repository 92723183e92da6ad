package dev.dynamirror.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that nothing of a request has left this machine for its receiver, so that it can't have had any effect. */
public final class NotSentException extends IOException {

    NotSentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
