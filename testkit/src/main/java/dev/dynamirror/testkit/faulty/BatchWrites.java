package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** BatchWriteItem. */
final class BatchWrites {

    private static final int MOST_ITEMS = 25;

    private final Tables tables;
    private final ItemWrites writes;

    BatchWrites(Tables tables, ItemWrites writes) {
        this.tables = tables;
        this.writes = writes;
    }

    /**
     * A write of the batch.
     *
     * @param tableName the table as the request names it
     * @param request the element of the request
     * @param planned what it is
     */
    private record Element(String tableName, JsonNode request, ItemWrites.Planned planned) {}

    /**
     * Writes, but for a share of the items.
     *
     * @param unprocessedShare which part of them, at least one if it is not 0, comes back as unprocessed
     * @param random which those are
     */
    ObjectNode write(ObjectNode request, double unprocessedShare, SplittableRandom random) {
        List<Element> elements = elements(request);
        Set<Integer> left = pick(elements.size(), unprocessedShare, random);
        boolean throttled = false;
        boolean applied = false;
        ObjectNode unprocessed = Json.object();
        Map<String, Capacity> consumed = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            Table.Written written = left.contains(i) ? null : element.planned.apply();
            if (written == null) {
                unprocessed.withArrayProperty(element.tableName).add(element.request);
                throttled |= !left.contains(i);
            } else {
                applied = true;
                consumed.merge(element.tableName, written.consumed(), Capacity::plus);
            }
        }
        if (throttled && !applied) {
            throw Refusal.throttled();
        }
        ObjectNode reply = Json.object();
        reply.set("UnprocessedItems", unprocessed);
        Capacity.tellAll(request, reply, consumed);
        return reply;
    }

    private static Set<Integer> pick(int count, double share, SplittableRandom random) {
        Set<Integer> picked = new HashSet<>();
        if (share > 0) {
            int wanted = (int) Math.ceil(share * count);
            while (picked.size() < wanted) {
                picked.add(random.nextInt(count));
            }
        }
        return picked;
    }

    private List<Element> elements(ObjectNode request) {
        ObjectNode byTable = Json.requiredObject(request, "RequestItems");
        int count = 0;
        for (Map.Entry<String, JsonNode> table : byTable.properties()) {
            if (!(table.getValue() instanceof ArrayNode array)) {
                throw Refusal.unreadable("the requests of a table are an array");
            }
            if (array.isEmpty()) {
                throw Refusal.invalid("The batch write request list for a table cannot be null or empty");
            }
            count += array.size();
        }
        if (count == 0) {
            throw Refusal.invalid("1 validation error detected: Value '{}' at 'requestItems' failed to satisfy"
                    + " constraint: Member must have length greater than or equal to 1");
        }
        if (count > MOST_ITEMS) {
            throw Refusal.invalid("Too many items requested for the BatchWriteItem call");
        }
        List<Element> elements = new ArrayList<>(count);
        Set<ItemKey> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> table : byTable.properties()) {
            Table target = tables.active(table.getKey());
            seen.clear();
            for (JsonNode element : table.getValue()) {
                ItemWrites.Planned planned = planned(target, element);
                if (!seen.add(planned.key())) {
                    throw Refusal.invalid("Provided list of item keys contains duplicates");
                }
                elements.add(new Element(table.getKey(), element, planned));
            }
        }
        return elements;
    }

    private ItemWrites.Planned planned(Table table, JsonNode element) {
        if (!(element instanceof ObjectNode request)) {
            throw Refusal.unreadable("a write request is an object");
        }
        ObjectNode put = Json.optionalObject(request, "PutRequest");
        ObjectNode delete = Json.optionalObject(request, "DeleteRequest");
        if (put != null && delete == null) {
            return writes.planPut(table, Json.requiredObject(put, "Item"));
        }
        if (put == null && delete != null) {
            return writes.planDelete(table, Json.requiredObject(delete, "Key"));
        }
        throw Refusal.invalid("Supplied write request must contain exactly one of PutRequest and DeleteRequest");
    }
}
