package dev.dynamirror.testkit.faulty;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What befalls one request. */
public sealed interface Fault {

    /** Nothing. */
    Fault NONE = new None();

    /** Half of a batch's items, at least one, come back as unprocessed; a request of one item is throttled. */
    Fault UNPROCESSED = unprocessed(0.5);

    /** A ProvisionedThroughputExceededException. */
    Fault THROTTLE = throttle("ProvisionedThroughputExceededException");

    /** A ThrottlingException. */
    Fault THROTTLING_EXCEPTION = throttle("ThrottlingException");

    /** A RequestLimitExceeded. */
    Fault REQUEST_LIMIT = throttle("RequestLimitExceeded");

    /** HTTP 500 InternalServerError; the request was not applied. */
    Fault INTERNAL_ERROR = new Failure(500, "InternalServerError", "Internal server error", null, false);

    /** HTTP 500 InternalServerError, though the request was applied. */
    Fault INTERNAL_ERROR_APPLIED = new Failure(500, "InternalServerError", "Internal server error", null, true);

    /** HTTP 503 ServiceUnavailable; the request was not applied. */
    Fault UNAVAILABLE = new Failure(503, "ServiceUnavailable", "Service is unavailable, please retry", null, false);

    /** The connection is closed without an answer, and the request was not applied. */
    Fault CLOSED_BEFORE = new Closed(false);

    /** The connection is closed without an answer, after the request was applied. */
    Fault CLOSED_AFTER = new Closed(true);

    /** The request is applied; of its reply comes half, then the connection is closed. */
    Fault HALF_REPLY = new HalfReply();

    /** The connection is closed at once; the request is applied when {@link FaultyDynamoDb#applyLate()} says so. */
    Fault LATE = new Late(null);

    /** The connection is closed at once; the request is applied after this time. */
    static Fault late(Duration after) {
        return new Late(after);
    }

    /** The request is applied, and answered only after this time. */
    static Fault delay(Duration delay) {
        return new Delay(delay, delay);
    }

    /** The request is applied, and answered after a random time between these. */
    static Fault delay(Duration shortest, Duration longest) {
        return new Delay(shortest, longest);
    }

    /** This share of a batch's items, at least one, come back as unprocessed; a request of one item is throttled. */
    static Fault unprocessed(double share) {
        return new Unprocessed(share);
    }

    /** One of DynamoDB's exceptions of throttling. */
    static Fault throttle(String code) {
        return new Failure(400, code, Refusal.THROTTLED, null, false);
    }

    /** An exception of throttling that names an index of a table as its reason. */
    static Fault throttledByIndex(String code, String table, String index) {
        return new Failure(
                400,
                code,
                Refusal.THROTTLED,
                new ThrottlingReason("IndexWriteProvisionedThroughputExceeded", Refusal.arn(table) + "/index/" + index),
                false);
    }

    /** Any error; the request was not applied. */
    static Fault error(int status, String code, String message) {
        return new Failure(status, code, message, null, false);
    }

    /** Nothing befalls the request. */
    record None() implements Fault {}

    /**
     * Items come back unprocessed.
     *
     * @param share which part of the batch
     */
    record Unprocessed(double share) implements Fault {
        /** Checks the share. */
        public Unprocessed {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is above 0 and at most 1, but this is " + share);
            }
        }
    }

    /**
     * An error is answered.
     *
     * @param status HTTP's status
     * @param code the exception's name
     * @param message what it says
     * @param reason why it was throttled, if that is to be said
     * @param applied whether the request is applied all the same
     */
    record Failure(
            int status,
            String code,
            String message,
            @Nullable ThrottlingReason reason,
            boolean applied) implements Fault {}

    /**
     * The connection is closed without an answer.
     *
     * @param applied whether the request is applied
     */
    record Closed(boolean applied) implements Fault {}

    /** The request is applied and half of the reply is sent. */
    record HalfReply() implements Fault {}

    /**
     * The connection is closed, the request is applied later.
     *
     * @param after when; null: when the test says so
     */
    record Late(@Nullable Duration after) implements Fault {}

    /**
     * The request is applied and answered later.
     *
     * @param shortest the least delay
     * @param longest the greatest delay
     */
    record Delay(Duration shortest, Duration longest) implements Fault {
        /** Checks the order. */
        public Delay {
            if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
                throw new IllegalArgumentException("no delay is from " + shortest + " to " + longest);
            }
        }
    }

    /**
     * An element of ThrottlingReasons.
     *
     * @param reason such as IndexWriteProvisionedThroughputExceeded
     * @param resource the ARN of a table or index
     */
    record ThrottlingReason(String reason, String resource) {}
}
