package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error that is answered, with DynamoDB's code. */
final class Refusal extends RuntimeException {

    static final String THROTTLED =
            "The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                    + " provisioning level with the UpdateTable API.";

    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
    private static final Map<String, String> PREFIXES = Map.of(
            "ValidationException", "com.amazon.coral.validate#",
            "SerializationException", "com.amazon.coral.service#",
            "UnknownOperationException", "com.amazon.coral.service#",
            "ExpiredTokenException", "com.amazon.coral.service#",
            "MissingAuthenticationTokenException", "com.amazon.coral.service#",
            "IncompleteSignatureException", "com.amazon.coral.service#",
            "ServiceUnavailable", "com.amazon.coral.availability#",
            "ThrottlingException", "com.amazon.coral.availability#");

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode body = Json.object();

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        body.put("__type", PREFIXES.getOrDefault(code, DYNAMODB) + code);
        body.put("message", message);
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "ValidationException", message);
    }

    /** The JSON is not of the form of the request. */
    static Refusal unreadable(String message) {
        return new Refusal(400, "SerializationException", message);
    }

    static Refusal notFound(String message) {
        return new Refusal(400, "ResourceNotFoundException", message);
    }

    static Refusal inUse(String message) {
        return new Refusal(400, "ResourceInUseException", message);
    }

    static Refusal throttled() {
        return new Refusal(400, "ProvisionedThroughputExceededException", THROTTLED);
    }

    /** The condition of a write was false; the item is told if the request asks for it. */
    static Refusal conditionFailed(@Nullable ObjectNode item) {
        Refusal refusal = new Refusal(400, "ConditionalCheckFailedException", "The conditional request failed");
        if (item != null) {
            refusal.body.set("Item", item);
        }
        return refusal;
    }

    static Refusal of(Fault.Failure failure) {
        Refusal refusal = new Refusal(failure.status(), failure.code(), failure.message());
        Fault.ThrottlingReason reason = failure.reason();
        if (reason != null) {
            // DynamoDB's own model spells it in two ways.
            String name = failure.code().equals("ThrottlingException") ? "throttlingReasons" : "ThrottlingReasons";
            ArrayNode reasons = refusal.body.putArray(name);
            reasons.addObject().put("reason", reason.reason()).put("resource", reason.resource());
        }
        return refusal;
    }

    static String arn(String table) {
        return "arn:aws:dynamodb:us-east-1:000000000000:table/" + table;
    }

    boolean isConditionFailed() {
        return body.path("__type").textValue().endsWith("#ConditionalCheckFailedException");
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return body;
    }
}
