package dev.dynamirror.write;

import dev.dynamirror.client.SdkErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer of DynamoDB's that is an error.
 *
 * @param status HTTP's
 * @param code the error's code; null if the answer has none, as when a proxy answers
 * @param message what the answer says beside, if anything
 * @param throttled what was too much of what, if the answer says so
 */
record DynamoDbError(
        int status, @Nullable String code, @Nullable String message, Set<String> throttled) {

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

    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired");

    /** What blames the time of a signature. */
    private static final Set<String> WRONG_TIME =
            Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
    /** What blames a signature, perhaps for its time. */
    private static final Set<String> WRONG_SIGNATURE =
            Set.of("InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure");
    /** AWS takes signatures that are up to five minutes off; the SDK, too, calls more than four too far. */
    private static final Duration LARGEST_DIFFERENCE = Duration.ofMinutes(4);

    private static final int TOO_MANY_REQUESTS = 429;

    private static final String INDEX = "/index/";

    /** The reply that it stands for. */
    BatchReply reply() {
        if ((code != null && THROTTLING.contains(code)) || status == TOO_MANY_REQUESTS) {
            return new BatchReply.Throttled(text(), throttled);
        }
        // Without a code it is not DynamoDB that speaks, and nobody knows what it did.
        if (status >= 500 || code == null) {
            return new BatchReply.Unknown(text());
        }
        if (INVALID.contains(code)) {
            return new BatchReply.Invalid(text());
        }
        return EXPIRED.contains(code) ? new BatchReply.Expired(text()) : new BatchReply.Refused(text());
    }

    /**
     * Whether it says that the time of the request's signature was wrong.
     *
     * @param signedAt that time
     * @param answeredAt when the server says it answered; null if it doesn't
     */
    boolean blamesTime(Instant signedAt, @Nullable Instant answeredAt) {
        if (code == null) {
            return false;
        }
        return WRONG_TIME.contains(code)
                || (WRONG_SIGNATURE.contains(code) && answeredAt != null && isFar(signedAt, answeredAt));
    }

    private static boolean isFar(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(LARGEST_DIFFERENCE) > 0;
    }

    /** Whether it says that the condition of a change was false. */
    boolean isFailedCondition() {
        return "ConditionalCheckFailedException".equals(code);
    }

    /** What it says, in words for users. */
    String text() {
        String name = code == null ? "HTTP status " + status : code;
        return message == null || message.isEmpty() ? name : name + ": " + SdkErrors.firstLine(message);
    }

    /** What was too much, by a reason and a resource as DynamoDB names them: {@code … of index by-customer}. */
    static String throttlingReason(@Nullable String reason, @Nullable String resource) {
        String what = reason == null ? "unknown" : reason;
        int index = resource == null ? -1 : resource.lastIndexOf(INDEX);
        return resource == null || index < 0 ? what : what + " of index " + resource.substring(index + INDEX.length());
    }
}
