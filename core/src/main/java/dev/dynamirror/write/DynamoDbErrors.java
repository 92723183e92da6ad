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
            // A transaction of somebody else's is about to write the same item.
            "TransactionConflictException",
            // Another region of a global table with strong consistency writes the same item.
            "ReplicatedWriteConflictException");
    /** What one change of a request has done wrong, or cannot do where it is. */
    private static final Set<String> INVALID =
            Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

    private static final Set<String> EXPIRED =
            Set.of("ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired", "RequestExpired");
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String INDEX = "/index/";

    private DynamoDbErrors() {}

    /**
     * The reply that an error stands for.
     *
     * @param code the error's code; null if the answer has none, as when a proxy answers
     * @param message what the answer says beside, if anything
     * @param throttled what was too much of what, if the answer says so
     */
    static BatchReply reply(int status, @Nullable String code, @Nullable String message, Set<String> throttled) {
        String name = code == null ? "HTTP status " + status : code;
        String error = message == null || message.isEmpty() ? name : name + ": " + SdkErrors.firstLine(message);
        if (THROTTLING.contains(name) || status == TOO_MANY_REQUESTS) {
            return new BatchReply.Throttled(error, throttled);
        }
        if (status >= 500 || status == REQUEST_TIMEOUT) {
            return new BatchReply.Unknown(error);
        }
        if (INVALID.contains(name)) {
            return new BatchReply.Invalid(error);
        }
        return EXPIRED.contains(name) ? new BatchReply.Expired(error) : new BatchReply.Refused(error);
    }

    /** What was too much, by a reason and a resource as DynamoDB names them: {@code … of index by-customer}. */
    static String throttlingReason(@Nullable String reason, @Nullable String resource) {
        String what = reason == null ? "unknown" : reason;
        int index = resource == null ? -1 : resource.lastIndexOf(INDEX);
        return resource == null || index < 0 ? what : what + " of index " + resource.substring(index + INDEX.length());
    }
}
