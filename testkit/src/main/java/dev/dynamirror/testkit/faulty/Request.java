package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A request that came.
 *
 * @param number from 0, counted among the item writes if it is one, and else among all other requests
 * @param operation such as BatchWriteItem
 * @param body its JSON; do not change it
 */
public record Request(long number, String operation, ObjectNode body) {

    private static final Set<String> ITEM_WRITES = Set.of("PutItem", "DeleteItem", "UpdateItem", "BatchWriteItem");
    private static final Set<String> ITEM_READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan");

    /** Whether the request writes items. */
    public boolean isItemWrite() {
        return isItemWrite(operation);
    }

    /** Whether the request reads items. */
    public boolean isItemRead() {
        return ITEM_READS.contains(operation);
    }

    static boolean isItemWrite(String operation) {
        return ITEM_WRITES.contains(operation);
    }
}
