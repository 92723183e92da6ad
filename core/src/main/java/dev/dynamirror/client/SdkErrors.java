package dev.dynamirror.client;

import java.net.URI;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the SDK's exceptions mean, in words for users. */
public final class SdkErrors {

    private SdkErrors() {}

    /** What DynamoDB answered, or why it did not: {@code no answer from http://127.0.0.1:8000: connection refused}. */
    public static String describe(DynamoDbClient client, SdkException failure) {
        // A waiter hides behind its own words what DynamoDB said to it.
        Throwable known = failure.getCause() instanceof DynamoDbException answered ? answered : failure;
        if (known instanceof DynamoDbException answered) {
            return answered.awsErrorDetails().errorCode() + ": "
                    + answered.awsErrorDetails().errorMessage();
        }
        String endpoint = client.serviceClientConfiguration()
                .endpointOverride()
                .map(URI::toString)
                .orElse("DynamoDB");
        return "no answer from " + endpoint + ": " + rootCause(failure).getMessage();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
