package dev.dynamirror.read;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DynamoDB gives in one answer: items of 1 MB at most.
 *
 * @param items the items; there may be none though more pages follow
 * @param next where the next page begins, or null if this was the last
 * @param readUnits what it has cost, in read units
 */
public record ItemPage(
        List<Map<String, AttributeValue>> items, @Nullable ItemPosition next, double readUnits) {

    /** Takes a copy of the list. */
    public ItemPage {
        items = List.copyOf(items);
    }
}
