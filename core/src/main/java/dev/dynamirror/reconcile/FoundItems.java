package dev.dynamirror.reconcile;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.item.Key;
import dev.dynamirror.read.ItemPage;
import dev.dynamirror.read.ItemPosition;
import dev.dynamirror.read.ItemReader;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.read.ReadConsistency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the items of a table for being compared, page by page. */
public final class FoundItems implements AutoCloseable {

    private final Connection connection;
    private final ItemReader reader;
    private final ItemComparison comparison;

    private FoundItems(Connection connection, ItemReader reader, ItemComparison comparison) {
        this.connection = connection;
        this.reader = reader;
        this.comparison = comparison;
    }

    /**
     * Connects; nothing is sent.
     *
     * @throws dev.dynamirror.error.MirrorException if there is no region, or are no credentials
     */
    public static FoundItems open(ConnectionSettings settings, ItemComparison comparison, ReadConsistency consistency) {
        Connection connection = Connection.open(settings);
        // All attributes: which of them are asked for doesn't change the price, and the whole item's size is needed.
        ItemReader reader = new ItemReader(connection, comparison.table(), List.of(), consistency);
        return new FoundItems(connection, reader, comparison);
    }

    /**
     * Reads one page.
     *
     * @param segment which items are read
     * @param after where the page begins: what the page before said, or null for the first one
     * @throws dev.dynamirror.error.MirrorException if the table is gone, or DynamoDB refuses the request
     */
    public FoundPage page(ItemSelection segment, @Nullable ItemPosition after) {
        ItemPage page = reader.page(segment, after, Integer.MAX_VALUE);
        return new FoundPage(page.items().stream().flatMap(this::found).toList(), page.next(), page.readUnits());
    }

    private Stream<FoundItem> found(Map<String, AttributeValue> item) {
        Content content = comparison.found(item);
        if (content == null) {
            return Stream.empty();
        }
        Key key = comparison.table().keyOf(item);
        return Stream.of(new FoundItem(key.hashCode(), SortableKey.of(key), content));
    }

    @Override
    public void close() {
        connection.close();
    }
}
