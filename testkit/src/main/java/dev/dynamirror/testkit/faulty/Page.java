package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a Scan or Query: ends after Limit items or 1 MB, and says where the next one starts. */
final class Page {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_SEGMENTS = 1_000_000;

    private final ObjectNode request;
    private final Table table;
    private final @Nullable Index index;
    private final KeySchema keys;
    private final @Nullable Integer limit;
    private final @Nullable ItemKey after;
    private final Placeholders placeholders;
    private final Projection projection;
    private final boolean onlyCounts;
    private Condition filter = Condition.ALWAYS;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private int scanned;
    private long bytes;
    private @Nullable ObjectNode lastKey;

    Page(ObjectNode request, Table table) {
        this.request = request;
        this.table = table;
        String indexName = Json.optionalText(request, "IndexName");
        index = indexName == null ? null : table.index(indexName);
        keys = index == null ? table.keys() : index.keys();
        limit = Json.optionalInt(request, "Limit");
        if (limit != null && limit < 1) {
            throw Refusal.invalid("1 validation error detected: Value '" + limit + "' at 'limit' failed to satisfy"
                    + " constraint: Member must have value greater than or equal to 1");
        }
        if (index != null && Json.flag(request, "ConsistentRead")) {
            throw Refusal.invalid("Consistent reads are not supported on global secondary indexes");
        }
        placeholders = new Placeholders(request);
        projection = Projection.of(request, placeholders);
        onlyCounts = select().equals("COUNT");
        ObjectNode start = Json.optionalObject(request, "ExclusiveStartKey");
        after = start == null ? null : start(start);
    }

    private String select() {
        String projected = projection.isWhole() ? "" : "SPECIFIC_ATTRIBUTES";
        String select = Objects.requireNonNullElse(Json.optionalText(request, "Select"), projected);
        boolean allowed = switch (select) {
            case "", "ALL_ATTRIBUTES", "COUNT" -> projection.isWhole();
            case "ALL_PROJECTED_ATTRIBUTES" -> projection.isWhole() && index != null;
            case "SPECIFIC_ATTRIBUTES" -> !projection.isWhole();
            default -> false;
        };
        if (!allowed) {
            throw Refusal.invalid("Select can't be " + select
                    + (projection.isWhole() ? " without" : " with") + " a ProjectionExpression"
                    + (index == null ? "" : ", of an index"));
        }
        return select;
    }

    ObjectNode scan() {
        filter = Condition.of(request, "FilterExpression", placeholders);
        placeholders.checkUsed();
        Integer segment = Json.optionalInt(request, "Segment");
        Integer segments = Json.optionalInt(request, "TotalSegments");
        if ((segment == null) != (segments == null)) {
            throw Refusal.invalid("The TotalSegments parameter is required but was not present in the request when"
                    + " Segment parameter is present, and the other way round");
        }
        int part = segment == null ? 0 : segment;
        int parts = segments == null ? 1 : segments;
        if (parts < 1 || parts > MOST_SEGMENTS || part < 0) {
            throw Refusal.invalid("1 validation error detected: Value at 'totalSegments' or 'segment' failed to satisfy"
                    + " constraint");
        }
        if (part >= parts) {
            throw Refusal.invalid("The Segment parameter is zero-based and must be less than parameter TotalSegments:"
                    + " Segment: " + part + " is not less than TotalSegments: " + parts);
        }
        return read(all -> {
            for (Map.Entry<ItemKey, Item> entry : all.tailMap(after == null ? firstOf(part, parts) : after, false)
                    .entrySet()) {
                if (entry.getKey().slice(parts) > part || !take(entry.getValue())) {
                    break;
                }
            }
            return reply();
        });
    }

    ObjectNode query() {
        KeyCondition condition = KeyCondition.of(request, keys, placeholders);
        filter = Condition.filter(request, placeholders, keys);
        placeholders.checkUsed();
        JsonNode forward = request.get("ScanIndexForward");
        boolean descending = forward != null && forward.isBoolean() && !forward.booleanValue();
        return read(all -> {
            NavigableMap<ItemKey, Item> partition =
                    all.subMap(ItemKey.first(condition.partition()), true, ItemKey.last(condition.partition()), true);
            NavigableMap<ItemKey, Item> ordered = descending ? partition.descendingMap() : partition;
            if (after != null) {
                if (!after.partition().equals(condition.partition())) {
                    throw Refusal.invalid(
                            "The provided starting key is outside query boundaries based on provided" + " conditions");
                }
                ordered = ordered.tailMap(after, false);
            }
            KeySchema.Attribute sort = keys.sort();
            for (Item item : ordered.values()) {
                boolean wanted =
                        sort == null || condition.sort().test(item.json().path(sort.name()));
                if (wanted && !take(item)) {
                    break;
                }
            }
            return reply();
        });
    }

    private ObjectNode read(Function<NavigableMap<ItemKey, Item>, ObjectNode> reader) {
        return index == null ? table.read(reader) : reader.apply(table.itemsOf(index));
    }

    /** Before the first hash whose slice is this one. */
    private static ItemKey firstOf(int part, int parts) {
        long first = (((long) part << Integer.SIZE) + parts - 1) / parts;
        return new ItemKey((int) first, KeyPart.FIRST, null, null);
    }

    /** Adds an item, if the filter lets it through; false if the page is full. */
    private boolean take(Item item) {
        scanned++;
        bytes += item.size();
        if (filter.holds(item.json())) {
            items.add(onlyCounts ? Json.object() : projection.of(item.json()));
        }
        if ((limit != null && scanned >= limit) || bytes >= MOST_BYTES) {
            lastKey = table.keys().keyOf(item.json());
            if (index != null) {
                lastKey.setAll(keys.keyOf(item.json()));
            }
            return false;
        }
        return true;
    }

    private ItemKey start(ObjectNode given) {
        ObjectNode key = ItemChecks.attributes(given).json();
        try {
            if (index == null) {
                return table.keys().ofKey(key);
            }
            ItemKey inIndex = keys.ofItem(key);
            return inIndex.with(table.keys().ofItem(key));
        } catch (Refusal e) {
            throw Refusal.invalid("The provided starting key is invalid: " + e.getMessage());
        }
    }

    private ObjectNode reply() {
        ObjectNode reply = Json.object();
        if (!onlyCounts) {
            reply.set("Items", items);
        }
        reply.put("Count", items.size());
        reply.put("ScannedCount", scanned);
        if (lastKey != null) {
            reply.set("LastEvaluatedKey", lastKey);
        }
        Capacity read = Capacity.read(bytes, Json.flag(request, "ConsistentRead"));
        table.read(read.total());
        Capacity.tell(
                request,
                reply,
                table.name(),
                index == null ? read : new Capacity(0, Map.of(index.name(), read.table())));
        return reply;
    }
}
