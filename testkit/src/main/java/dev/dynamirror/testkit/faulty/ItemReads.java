package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The operations that read items. */
final class ItemReads {

    private final Tables tables;

    ItemReads(Tables tables) {
        this.tables = tables;
    }

    ObjectNode get(ObjectNode request) {
        Table table = tables.active(Json.requiredText(request, "TableName"));
        ObjectNode key =
                ItemChecks.attributes(Json.requiredObject(request, "Key")).json();
        Item item = table.get(table.keys().ofKey(key));
        ObjectNode reply = Json.object();
        if (item != null) {
            reply.set("Item", item.json());
        }
        Capacity.tell(
                request,
                reply,
                table.name(),
                Capacity.read(item == null ? 0 : item.size(), Json.flag(request, "ConsistentRead")));
        return reply;
    }

    ObjectNode scan(ObjectNode request) {
        Table table = tables.active(Json.requiredText(request, "TableName"));
        return new Page(request, table).scan();
    }
}
