package dev.dynamirror.reconcile;

import dev.dynamirror.item.AttributeJson;
import dev.dynamirror.item.Change;
import dev.dynamirror.table.TableSpec;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How rows of a live table are compared with the items of its DynamoDB table.
 *
 * @param table the DynamoDB table
 * @param attributes what is compared
 * @param emptyItems what an item is that has nothing but its key of what is compared
 */
public record ItemComparison(TableSpec table, ComparedAttributes attributes, EmptyItems emptyItems)
        implements Serializable {

    /** What an item is that has nothing but its key of what is compared. */
    public enum EmptyItems {
        /** An item as all others. */
        ITEMS,
        /** What is left of an item whose columns a delete has removed: no item of the mirror's. */
        REMAINS
    }

    /** What the put of a row, as an element of a batch, would leave in the table. */
    public Content expected(Change.Put put) {
        return Content.of(AttributeJson.itemOf(put), attributes);
    }

    /** What is compared of an item; null if it is no item of the mirror's. */
    @Nullable
    Content found(Map<String, AttributeValue> item) {
        Content content = Content.of(item, attributes);
        boolean remains = emptyItems == EmptyItems.REMAINS
                && content.attributes().size() == table.keyParts().size();
        return remains ? null : content;
    }

    /** The totals of one key; at least one of the contents is there. */
    public DifferenceTotals totals(@Nullable Content expected, @Nullable Content found) {
        return DifferenceTotals.of(expected, found);
    }

    /** The totals of an item that is left as it is, whatever its row says: it counts as equal. */
    public DifferenceTotals untouched(Content found) {
        return DifferenceTotals.of(found, found);
    }

    /** The difference of one key; null if there is none. At least one of the contents is there. */
    public @Nullable Difference difference(@Nullable Content expected, @Nullable Content found) {
        return Difference.of(table, expected, found);
    }
}
