package dev.dynamirror.local;

import org.jspecify.annotations.Nullable;

/** The reason why DynamoDB Local could not be fetched or started, in words that can be shown to the user as they are. */
public final class LocalDynamoDbException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalDynamoDbException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    LocalDynamoDbException(String message) {
        this(message, null);
    }
}
