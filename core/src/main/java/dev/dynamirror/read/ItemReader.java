package dev.dynamirror.read;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.OwnAttributes;
import dev.dynamirror.table.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Reads a table's items page by page, by strongly consistent reads unless another is asked for; safe for use by several threads.
 *
 * <p>The tombstones that versioned mirrors leave in place of deleted items are no items: DynamoDB filters them out, which
 * costs as if they were read.
 *
 * <p>What DynamoDB or the network may mend, the SDK's client has tried again before there is an error.
 */
public final class ItemReader {

    /** With more, the expression would come near to the 4 KB that DynamoDB takes. */
    private static final int MOST_PROJECTED = 300;

    private static final String MARK = "#d";

    /** A mark of another type is none, and one that is absent is neither equal nor unequal to anything. */
    private static final String NO_TOMBSTONE = "attribute_not_exists(" + MARK + ") OR " + MARK + " <> :d";

    private static final Map<String, AttributeValue> MARKED = Map.of(":d", AttributeValue.fromBool(true));

    private final DynamoDbClient client;
    private final TableSpec table;

    /** What is asked for, the placeholders {@code #a0}, … separated by commas; null for all attributes. */
    private final @Nullable String projection;

    private final Map<String, String> projectedNames;

    /** The names of what is asked for, and of the mark of tombstones. */
    private final Map<String, String> filteredNames;

    private final ReadConsistency consistency;

    /**
     * Creates a reader; nothing is sent.
     *
     * @param connection stays open as long as the reader is used
     * @param table as {@link #describe} gives it
     * @param attributes the names of the attributes that are asked for; those of the key are asked for in any case. An
     *     empty list asks for all, and so does one of more than 300 names
     */
    public ItemReader(Connection connection, TableSpec table, List<String> attributes) {
        this(connection, table, attributes, ReadConsistency.STRONG);
    }

    /**
     * Creates a reader that reads scans and queries with that consistency; nothing is sent.
     *
     * @param connection stays open as long as the reader is used
     * @param table as {@link #describe} gives it
     * @param attributes the names of the attributes that are asked for, as above
     * @param consistency what the items of pages may lack
     */
    public ItemReader(Connection connection, TableSpec table, List<String> attributes, ReadConsistency consistency) {
        this.consistency = consistency;
        this.client = connection.client();
        this.table = table;
        Map<String, String> names = new LinkedHashMap<>();
        if (!attributes.isEmpty()) {
            Set<String> distinct = new LinkedHashSet<>();
            table.keyParts().forEach(part -> distinct.add(part.attribute()));
            distinct.addAll(attributes);
            distinct.forEach(name -> names.put("#a" + names.size(), name));
        }
        boolean projected = !names.isEmpty() && names.size() <= MOST_PROJECTED;
        this.projection = projected ? String.join(",", names.keySet()) : null;
        this.projectedNames = projected ? Collections.unmodifiableMap(names) : Map.of();
        Map<String, String> filtered = new LinkedHashMap<>(projectedNames);
        filtered.put(MARK, OwnAttributes.DELETED);
        this.filteredNames = Collections.unmodifiableMap(filtered);
    }

    /**
     * The table's key; its name as it was given.
     *
     * @throws MirrorException if there is no such table, it is in no state to be read, or DynamoDB refuses the request
     */
    public static TableSpec describe(Connection connection, String tableName) {
        DynamoDbClient client = connection.client();
        TableDescription found = answer(
                client,
                tableName,
                () -> client.describeTable(request -> request.tableName(tableName))
                        .table());
        switch (found.tableStatus()) {
            case ACTIVE, UPDATING -> {}
            default ->
                throw new MirrorException("table " + tableName + " can't be read: it is " + found.tableStatusAsString()
                        + ", and must be ACTIVE");
        }
        TableSpec spec = TableSpec.of(found);
        // The name that was given may be an ARN, by which the table is found from other accounts too.
        return new TableSpec(tableName, spec.partition(), spec.sort());
    }

    /** The table's name and key. */
    public TableSpec table() {
        return table;
    }

    /**
     * Reads one page.
     *
     * @param selection which items are read
     * @param after where the page begins: what the page before said, or null for the first one
     * @param atMost how many items the page has at most, at least 1; {@link Integer#MAX_VALUE} for as many as DynamoDB
     *     gives at once
     * @throws MirrorException if the table is gone, or DynamoDB refuses the request
     */
    public ItemPage page(ItemSelection selection, @Nullable ItemPosition after, int atMost) {
        return answer(
                client,
                table.name(),
                () -> selection instanceof ItemSelection.Segment segment
                        ? scan(segment, after, atMost)
                        : query((ItemSelection.Partition) selection, after, atMost));
    }

    /** The place behind an item, which has its key. */
    public ItemPosition position(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        for (TableSpec.KeyPart part : table.keyParts()) {
            AttributeValue value = item.get(part.attribute());
            if (value == null) {
                throw new IllegalArgumentException("no item of table " + table.name() + ": it has no " + part);
            }
            key.put(part.attribute(), value);
        }
        return ItemPosition.after(key);
    }

    /**
     * The items of a selection, each page read when its first item is asked for.
     *
     * <p>While the items are taken: a {@link MirrorException} if the table is gone, or DynamoDB refuses a request.
     */
    public Stream<Map<String, AttributeValue>> items(ItemSelection selection) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Items(selection), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /**
     * The item of that key, if there is one, which a tombstone is not.
     *
     * @throws MirrorException if the table is gone, or DynamoDB refuses the request
     */
    public Optional<Map<String, AttributeValue>> item(Key key) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put(
                table.partition().attribute(), KeyValue.of(key.partition()).attributeValue());
        if (table.sort() != null && key.sort() != null) {
            attributes.put(table.sort().attribute(), KeyValue.of(key.sort()).attributeValue());
        }
        GetItemRequest.Builder request =
                GetItemRequest.builder().tableName(table.name()).key(attributes).consistentRead(true);
        boolean markAsked = projection == null || projectedNames.containsValue(OwnAttributes.DELETED);
        if (projection != null) {
            request.projectionExpression(markAsked ? projection : projection + "," + MARK)
                    .expressionAttributeNames(markAsked ? projectedNames : filteredNames);
        }
        GetItemResponse response = answer(client, table.name(), () -> client.getItem(request.build()));
        if (!response.hasItem() || isTombstone(response.item())) {
            return Optional.empty();
        }
        if (markAsked || !response.item().containsKey(OwnAttributes.DELETED)) {
            return Optional.of(response.item());
        }
        Map<String, AttributeValue> asked = new HashMap<>(response.item());
        asked.remove(OwnAttributes.DELETED);
        return Optional.of(Collections.unmodifiableMap(asked));
    }

    private static boolean isTombstone(Map<String, AttributeValue> item) {
        AttributeValue mark = item.get(OwnAttributes.DELETED);
        return mark != null && Boolean.TRUE.equals(mark.bool());
    }

    private ItemPage scan(ItemSelection.Segment segment, @Nullable ItemPosition after, int atMost) {
        ScanResponse response = client.scan(ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(consistency == ReadConsistency.STRONG)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .segment(segment.index())
                .totalSegments(segment.count())
                .projectionExpression(projection)
                .filterExpression(NO_TOMBSTONE)
                .expressionAttributeNames(filteredNames)
                .expressionAttributeValues(MARKED)
                .limit(limit(atMost))
                .exclusiveStartKey(startKey(after))
                .build());
        return new ItemPage(
                response.items(),
                next(response.hasLastEvaluatedKey(), response.lastEvaluatedKey()),
                units(response.consumedCapacity()));
    }

    private ItemPage query(ItemSelection.Partition partition, @Nullable ItemPosition after, int atMost) {
        List<String> conditions = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>(filteredNames);
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        conditions.add("#p = :p");
        names.put("#p", table.partition().attribute());
        values.put(":p", partition.partitionKey().attributeValue());
        SortCondition sortKey = partition.sortKey();
        if (sortKey != null) {
            if (table.sort() == null) {
                throw new IllegalArgumentException("table " + table.name() + " has no sort key");
            }
            conditions.add(sortKey.operator().expression);
            names.put("#s", table.sort().attribute());
            sortKey.values().forEach(value -> values.put(":s" + (values.size() - 1), value.attributeValue()));
        }
        values.putAll(MARKED);
        QueryResponse response = client.query(QueryRequest.builder()
                .tableName(table.name())
                .consistentRead(consistency == ReadConsistency.STRONG)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .keyConditionExpression(String.join(" AND ", conditions))
                .projectionExpression(projection)
                .filterExpression(NO_TOMBSTONE)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .limit(limit(atMost))
                .exclusiveStartKey(startKey(after))
                .build());
        return new ItemPage(
                response.items(),
                next(response.hasLastEvaluatedKey(), response.lastEvaluatedKey()),
                units(response.consumedCapacity()));
    }

    private static double units(@Nullable ConsumedCapacity consumed) {
        return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
    }

    private static @Nullable ItemPosition next(boolean more, Map<String, AttributeValue> lastKey) {
        return more ? ItemPosition.after(lastKey) : null;
    }

    private static @Nullable Integer limit(int atMost) {
        return atMost == Integer.MAX_VALUE ? null : atMost;
    }

    private static @Nullable Map<String, AttributeValue> startKey(@Nullable ItemPosition after) {
        return after == null ? null : after.exclusiveStartKey();
    }

    private static <T> T answer(DynamoDbClient client, String tableName, Supplier<T> request) {
        try {
            return request.get();
        } catch (ResourceNotFoundException e) {
            throw new MirrorException("table " + tableName + " doesn't exist", e);
        } catch (SdkException e) {
            throw new MirrorException("table " + tableName + " can't be read: " + SdkErrors.describe(client, e), e);
        }
    }

    private final class Items implements Iterator<Map<String, AttributeValue>> {

        private final ItemSelection selection;
        private Iterator<Map<String, AttributeValue>> page = Collections.emptyIterator();
        private @Nullable ItemPosition next;
        private boolean started;

        Items(ItemSelection selection) {
            this.selection = selection;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && (!started || next != null)) {
                ItemPage read = page(selection, next, Integer.MAX_VALUE);
                started = true;
                page = read.items().iterator();
                next = read.next();
            }
            return page.hasNext();
        }

        @Override
        public Map<String, AttributeValue> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
