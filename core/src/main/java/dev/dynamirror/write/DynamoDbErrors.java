package dev.dynamirror.write;

import java.util.Set;

/** What DynamoDB's errors mean for a request. */
final class DynamoDbErrors {

    private static final Set<String> THROTTLING = Set.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "LimitExceededException",
            "Throttling",
            "TooManyRequestsException");

    private DynamoDbErrors() {}

    /** The reply that an error stands for. */
    static BatchReply reply(int status, String code, String message) {
        String error = message.isEmpty() ? code : code + ": " + message;
        if (THROTTLING.contains(code)) {
            return new BatchReply.Throttled(error);
        }
        if (status >= 500) {
            return new BatchReply.Unknown(error);
        }
        return new BatchReply.Refused(error);
    }
}
