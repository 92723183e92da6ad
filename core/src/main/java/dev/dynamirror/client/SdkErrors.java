package dev.dynamirror.client;

import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the SDK's exceptions mean, in words for users. */
public final class SdkErrors {

    private static final int FIRST_SERVER_ERROR = 500;

    private SdkErrors() {}

    /** What DynamoDB answered, or why it did not: {@code no answer from http://127.0.0.1:8000: connection refused}. */
    public static String describe(DynamoDbClient client, SdkException failure) {
        // A waiter hides behind its own words what DynamoDB said to it.
        Throwable known = failure.getCause() instanceof DynamoDbException answered ? answered : failure;
        if (known instanceof DynamoDbException answered) {
            return answer(answered);
        }
        String endpoint = client.serviceClientConfiguration()
                .endpointOverride()
                .map(URI::toString)
                .orElse("DynamoDB");
        return "no answer from " + endpoint + ": " + rootCause(failure).getMessage();
    }

    /**
     * Whether what a failure comes from may pass by itself: throttling, an error of the service, or no answer.
     *
     * @param failure anything; its causes are looked at
     */
    public static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DynamoDbException answered) {
                return answered.isThrottlingException() || answered.statusCode() >= FIRST_SERVER_ERROR;
            }
            if (cause instanceof IOException || (cause instanceof SdkClientException own && own.retryable())) {
                return true;
            }
        }
        return false;
    }

    private static String answer(DynamoDbException answered) {
        AwsErrorDetails details = answered.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return "HTTP status " + answered.statusCode(); // a proxy's answer, not DynamoDB's
        }
        String message = details.errorMessage();
        return details.errorCode() + (message == null ? "" : ": " + firstLine(message));
    }

    /** The first line of a message: DynamoDB may add the request that it got, with what was signed in it. */
    public static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
