package dev.dynamirror.write;

import dev.dynamirror.item.Key;
import java.util.Set;

/** What DynamoDB answered to a request, or that it did not. */
public sealed interface BatchReply {

    /**
     * DynamoDB applied all changes but these.
     *
     * @param unprocessed the keys of the changes that were not applied and must be sent again
     * @param writeUnits what the request consumed, of the table and its indexes; NaN if DynamoDB does not say
     */
    record Answered(Set<Key> unprocessed, double writeUnits) implements BatchReply {}

    /**
     * DynamoDB applied none, and is to be asked again more slowly.
     *
     * @param error what it said
     * @param reasons what was too much of what, in DynamoDB's words: {@code IndexWriteProvisionedThroughputExceeded of
     *     arn:…:table/orders/index/by-customer}; empty if it does not say
     */
    record Throttled(String error, Set<String> reasons) implements BatchReply {}

    /**
     * The reply was lost, or says that something went wrong inside DynamoDB: any of the changes may have been applied.
     *
     * @param error what is known
     */
    record Unknown(String error) implements BatchReply {}

    /**
     * The one change was not applied, as the item has a version that is not older.
     *
     * @param byLaterRun whether that is the version of a mirror that was begun later than this one
     */
    record Overtaken(boolean byLaterRun) implements BatchReply {}

    /**
     * The request could not be signed, or not with the right time, so DynamoDB applied none; it may be otherwise the next
     * time.
     *
     * @param error what was wrong
     */
    record NotSent(String error) implements BatchReply {}

    /**
     * DynamoDB applied none, as one of the changes is none that it takes.
     *
     * @param error what it said
     */
    record Invalid(String error) implements BatchReply {}

    /**
     * DynamoDB applied none, as the credentials are no longer good; newer ones were looked for.
     *
     * @param error what it said
     */
    record Expired(String error) implements BatchReply {}

    /**
     * DynamoDB applied none and never will.
     *
     * @param error what it said
     */
    record Refused(String error) implements BatchReply {}
}
