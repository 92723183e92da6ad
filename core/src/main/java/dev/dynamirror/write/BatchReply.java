package dev.dynamirror.write;

import dev.dynamirror.item.Key;
import java.util.Set;

/** What DynamoDB answered to a BatchWriteItem request, or that it did not. */
public sealed interface BatchReply {

    /**
     * DynamoDB applied all changes but these.
     *
     * @param unprocessed the keys of the changes that were not applied and must be sent again
     */
    record Answered(Set<Key> unprocessed) implements BatchReply {}

    /**
     * DynamoDB applied none, and is to be asked again more slowly.
     *
     * @param error what it said
     */
    record Throttled(String error) implements BatchReply {}

    /**
     * The reply was lost, or says that something went wrong inside DynamoDB: any of the changes may have been applied.
     *
     * @param error what is known
     */
    record Unknown(String error) implements BatchReply {}

    /**
     * DynamoDB applied none and never will.
     *
     * @param error what it said
     */
    record Refused(String error) implements BatchReply {}
}
