package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operations that write single items, and what batches have in common with them. */
final class ItemWrites {

    private final Tables tables;
    private volatile Predicate<ObjectNode> refused = item -> false;

    ItemWrites(Tables tables) {
        this.tables = tables;
    }

    /** A write that was checked as far as that needs no look at the stored item. */
    record Planned(Table table, String operation, ItemKey key, ObjectNode attributes, Table.Change change) {
        /** Applies it; null if it is throttled. */
        Table.@Nullable Written apply() {
            return table.write(operation, key, attributes, change);
        }
    }

    /** Refuses the items that this is true of. */
    void refuse(Predicate<ObjectNode> predicate) {
        refused = predicate;
    }

    ObjectNode put(ObjectNode request) {
        Table table = tables.active(Json.requiredText(request, "TableName"));
        return apply(request, planPut(table, Json.requiredObject(request, "Item")));
    }

    ObjectNode delete(ObjectNode request) {
        Table table = tables.active(Json.requiredText(request, "TableName"));
        return apply(request, planDelete(table, Json.requiredObject(request, "Key")));
    }

    Planned planPut(Table table, ObjectNode attributes) {
        Item item = ItemChecks.item(attributes);
        ItemKey key = table.keys().ofItem(item.json());
        check(table, item);
        return new Planned(table, "PutItem", key, table.keys().keyOf(item.json()), before -> item);
    }

    Planned planDelete(Table table, ObjectNode attributes) {
        ObjectNode key = ItemChecks.attributes(attributes).json();
        return new Planned(table, "DeleteItem", table.keys().ofKey(key), key, before -> null);
    }

    private void check(Table table, Item item) {
        table.checkIndexes(item.json());
        if (refused.test(item.json())) {
            throw Refusal.invalid("One or more parameter values were invalid: the test refuses this item");
        }
    }

    private static ObjectNode apply(ObjectNode request, Planned planned) {
        Table.Written written = planned.apply();
        if (written == null) {
            throw Refusal.throttled();
        }
        ObjectNode reply = Json.object();
        Item before = written.before();
        if (before != null && "ALL_OLD".equals(Json.optionalText(request, "ReturnValues"))) {
            reply.set("Attributes", before.json());
        }
        Capacity.tell(request, reply, planned.table().name(), written.consumed());
        return reply;
    }
}
