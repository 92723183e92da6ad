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

/** The operations that read items. */
final class ItemReads {

    private static final int MOST_KEYS = 100;
    private static final int MOST_BYTES = 16 << 20;

    private final Tables tables;

    ItemReads(Tables tables) {
        this.tables = tables;
    }

    ObjectNode get(ObjectNode request) {
        Table table = tables.active(Json.requiredText(request, "TableName"));
        ObjectNode key =
                ItemChecks.attributes(Json.requiredObject(request, "Key")).json();
        ItemKey place = table.keys().ofKey(key);
        Projection projection = projection(request);
        Item item = table.get(place);
        ObjectNode reply = Json.object();
        if (item != null) {
            reply.set("Item", projection.of(item.json()));
        }
        Capacity.tell(
                request,
                reply,
                table.name(),
                Capacity.read(item == null ? 0 : item.size(), Json.flag(request, "ConsistentRead")));
        return reply;
    }

    ObjectNode scan(ObjectNode request) {
        return new Page(request, tables.active(Json.requiredText(request, "TableName"))).scan();
    }

    ObjectNode query(ObjectNode request) {
        return new Page(request, tables.active(Json.requiredText(request, "TableName"))).query();
    }

    /**
     * A table's part of a BatchGetItem.
     *
     * @param table the table
     * @param name as the request names it
     * @param request its part of the request
     * @param places the keys
     * @param projection what is wanted of the items
     */
    private record Wanted(Table table, String name, ObjectNode request, List<ItemKey> places, Projection projection) {}

    ObjectNode batchGet(ObjectNode request) {
        ObjectNode reply = Json.object();
        ObjectNode responses = reply.putObject("Responses");
        ObjectNode unprocessed = reply.putObject("UnprocessedKeys");
        Map<String, Capacity> consumed = new LinkedHashMap<>();
        long bytes = 0;
        for (Wanted wanted : wanted(request)) {
            boolean consistent = Json.flag(wanted.request, "ConsistentRead");
            ArrayNode found = responses.putArray(wanted.name);
            for (int i = 0; i < wanted.places.size(); i++) {
                Item item = wanted.table.get(wanted.places.get(i));
                int size = item == null ? 0 : item.size();
                if (bytes + size > MOST_BYTES) {
                    unprocessed
                            .withObjectProperty(wanted.name)
                            .setAll((ObjectNode) wanted.request.deepCopy().without("Keys"))
                            .withArrayProperty("Keys")
                            .add(Json.requiredArray(wanted.request, "Keys").get(i));
                    continue;
                }
                bytes += size;
                consumed.merge(wanted.name, Capacity.read(size, consistent), Capacity::plus);
                if (item != null) {
                    found.add(wanted.projection.of(item.json()));
                }
            }
        }
        Capacity.tellAll(request, reply, consumed);
        return reply;
    }

    private List<Wanted> wanted(ObjectNode request) {
        ObjectNode byTable = Json.requiredObject(request, "RequestItems");
        if (byTable.isEmpty()) {
            throw Refusal.invalid("1 validation error detected: Value '{}' at 'requestItems' failed to satisfy"
                    + " constraint: Member must have length greater than or equal to 1");
        }
        List<Wanted> all = new ArrayList<>();
        int count = 0;
        for (String name : names(byTable)) {
            ObjectNode part = Json.requiredObject(byTable, name);
            ArrayNode keys = Json.requiredArray(part, "Keys");
            count += keys.size();
            if (keys.isEmpty() || count > MOST_KEYS) {
                throw Refusal.invalid(
                        keys.isEmpty()
                                ? "1 validation error detected: Value at 'requestItems.member.keys' failed to satisfy"
                                        + " constraint: Member must have length greater than or equal to 1"
                                : "Too many items requested for the BatchGetItem call");
            }
            Table table = tables.active(name);
            Projection projection = projection(part);
            Set<ItemKey> places = new HashSet<>();
            List<ItemKey> ordered = new ArrayList<>();
            for (JsonNode key : keys) {
                if (!(key instanceof ObjectNode attributes)) {
                    throw Refusal.unreadable("a key is an object");
                }
                ItemKey place =
                        table.keys().ofKey(ItemChecks.attributes(attributes).json());
                if (!places.add(place)) {
                    throw Refusal.invalid("Provided list of item keys contains duplicates");
                }
                ordered.add(place);
            }
            all.add(new Wanted(table, name, part, ordered, projection));
        }
        return all;
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static Projection projection(ObjectNode request) {
        Placeholders placeholders = new Placeholders(request);
        Projection projection = Projection.of(request, placeholders);
        placeholders.checkUsed();
        return projection;
    }
}
