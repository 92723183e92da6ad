package dev.dynamirror.write;

import dev.dynamirror.client.SdkErrors;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What DynamoDB's errors mean for a request. */
final class DynamoDbErrors {

    private static final Set<String> THROTTLING = Set.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "LimitExceededException",
            "Throttling",
            "TooManyRequestsException",
            // Another region of a global table with strong consistency writes the same item.
            "ReplicatedWriteConflictException");
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private DynamoDbErrors() {}

    /**
     * The reply that an error stands for.
     *
     * @param code the error's code; null if the answer has none, as when a proxy answers
     * @param message what the answer says beside, if anything
     */
    static BatchReply reply(int status, @Nullable String code, @Nullable String message) {
        String name = code == null ? "HTTP status " + status : code;
        String error = message == null || message.isEmpty() ? name : name + ": " + SdkErrors.firstLine(message);
        if (THROTTLING.contains(name) || status == TOO_MANY_REQUESTS) {
            return new BatchReply.Throttled(error);
        }
        if (status >= 500 || status == REQUEST_TIMEOUT) {
            return new BatchReply.Unknown(error);
        }
        return new BatchReply.Refused(error);
    }
}
