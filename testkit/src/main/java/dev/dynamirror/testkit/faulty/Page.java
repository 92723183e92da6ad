package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A page of a Scan or Query: ends after Limit items or 1 MB, and says where the next one starts. */
final class Page {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_SEGMENTS = 1_000_000;

    private final ObjectNode request;
    private final Table table;
    private final @Nullable Integer limit;
    private final @Nullable ItemKey after;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private int scanned;
    private long bytes;
    private @Nullable ObjectNode lastKey;

    Page(ObjectNode request, Table table) {
        this.request = request;
        this.table = table;
        limit = Json.optionalInt(request, "Limit");
        if (limit != null && limit < 1) {
            throw Refusal.invalid("1 validation error detected: Value '" + limit + "' at 'limit' failed to satisfy"
                    + " constraint: Member must have value greater than or equal to 1");
        }
        ObjectNode start = Json.optionalObject(request, "ExclusiveStartKey");
        after = start == null ? null : start(start);
    }

    ObjectNode scan() {
        Integer segment = Json.optionalInt(request, "Segment");
        Integer segments = Json.optionalInt(request, "TotalSegments");
        if ((segment == null) != (segments == null)) {
            throw Refusal.invalid("The TotalSegments parameter is required but was not present in the request when"
                    + " Segment parameter is present, and the other way round");
        }
        if (segment != null && segments != null) {
            if (segments < 1 || segments > MOST_SEGMENTS || segment < 0) {
                throw Refusal.invalid("1 validation error detected: Value at 'totalSegments' or 'segment' failed to"
                        + " satisfy constraint");
            }
            if (segment >= segments) {
                throw Refusal.invalid("The Segment parameter is zero-based and must be less than parameter"
                        + " TotalSegments: Segment: " + segment + " is not less than TotalSegments: " + segments);
            }
        }
        int part = segment == null ? 0 : segment;
        int parts = segments == null ? 1 : segments;
        return table.read(all -> {
            NavigableMap<ItemKey, Item> rest = after == null ? fromSlice(all, part, parts) : all.tailMap(after, false);
            for (Map.Entry<ItemKey, Item> entry : rest.entrySet()) {
                int slice = entry.getKey().slice(parts);
                if (slice > part || !take(entry.getValue())) {
                    break;
                }
            }
            return reply();
        });
    }

    private static NavigableMap<ItemKey, Item> fromSlice(NavigableMap<ItemKey, Item> all, int part, int parts) {
        // The first hash whose slice is this one, rounded up.
        long first = ((long) part << Integer.SIZE) / parts + (((long) part << Integer.SIZE) % parts == 0 ? 0 : 1);
        return all.tailMap(new ItemKey((int) first, KeyPart.FIRST, null), true);
    }

    /** Adds an item; false if the page is full. */
    private boolean take(Item item) {
        scanned++;
        bytes += item.size();
        items.add(item.json());
        if ((limit != null && scanned >= limit) || bytes >= MOST_BYTES) {
            lastKey = table.keys().keyOf(item.json());
            return false;
        }
        return true;
    }

    private ItemKey start(ObjectNode key) {
        ObjectNode canonical = ItemChecks.attributes(key).json();
        try {
            return table.keys().ofKey(canonical);
        } catch (Refusal e) {
            throw Refusal.invalid("The provided starting key is invalid: " + e.getMessage());
        }
    }

    private ObjectNode reply() {
        ObjectNode reply = Json.object();
        if (!"COUNT".equals(Json.optionalText(request, "Select"))) {
            reply.set("Items", items);
        }
        reply.put("Count", items.size());
        reply.put("ScannedCount", scanned);
        if (lastKey != null) {
            reply.set("LastEvaluatedKey", lastKey);
        }
        Capacity.tell(request, reply, table.name(), Capacity.read(bytes, Json.flag(request, "ConsistentRead")));
        return reply;
    }
}
