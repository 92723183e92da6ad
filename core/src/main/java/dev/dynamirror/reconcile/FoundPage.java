package dev.dynamirror.reconcile;

import dev.dynamirror.read.ItemPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What DynamoDB gives in one answer: items of 1 MB at most.
 *
 * @param items the items; there may be none though more pages follow
 * @param next where the next page begins, or null if this was the last
 * @param readUnits what it has cost, in read units
 */
public record FoundPage(List<FoundItem> items, @Nullable ItemPosition next, double readUnits) {

    /** Takes a copy of the list. */
    public FoundPage {
        items = List.copyOf(items);
    }
}
