package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write that changed, or would have changed, an item. What it holds is shared with the table: do not change it.
 *
 * @param number from 0, in the order of application
 * @param time when it was applied
 * @param table the table's name
 * @param operation PutItem, DeleteItem or UpdateItem, also within a batch
 * @param key the key attributes
 * @param before the whole item in DynamoDB's JSON before the write, null if there was none
 * @param after the whole item after it, null if there is none
 * @param writeUnits what it consumed, with the indexes' part
 */
public record AppliedWrite(
        long number,
        Instant time,
        String table,
        String operation,
        ObjectNode key,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after,
        double writeUnits) {}
