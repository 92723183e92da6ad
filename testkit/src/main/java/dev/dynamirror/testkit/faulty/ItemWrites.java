package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
        choice(request, "ReturnValues", Set.of("NONE", "ALL_OLD"));
        Table table = tables.active(Json.requiredText(request, "TableName"));
        return apply(request, conditional(request, planPut(table, Json.requiredObject(request, "Item"))));
    }

    ObjectNode delete(ObjectNode request) {
        choice(request, "ReturnValues", Set.of("NONE", "ALL_OLD"));
        Table table = tables.active(Json.requiredText(request, "TableName"));
        return apply(request, conditional(request, planDelete(table, Json.requiredObject(request, "Key"))));
    }

    ObjectNode update(ObjectNode request) {
        String wish =
                choice(request, "ReturnValues", Set.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"));
        Table table = tables.active(Json.requiredText(request, "TableName"));
        ObjectNode key =
                ItemChecks.attributes(Json.requiredObject(request, "Key")).json();
        ItemKey place = table.keys().ofKey(key);
        Placeholders placeholders = new Placeholders(request);
        Update update = Update.of(request, placeholders);
        Condition condition = Condition.of(request, "ConditionExpression", placeholders);
        placeholders.checkUsed();
        for (String attribute : update.attributes()) {
            if (table.keys().has(attribute)) {
                throw Refusal.invalid("One or more parameter values were invalid: Cannot update attribute " + attribute
                        + ". This attribute is part of the key");
            }
        }
        Planned planned = new Planned(
                table,
                "UpdateItem",
                place,
                key,
                before -> updated(table, update, before == null ? key : before.json()));
        Table.Written written = applied(conditional(request, planned, condition));
        ObjectNode reply = Json.object();
        Item told = wish.endsWith("_NEW") ? written.after() : written.before();
        if (told != null && wish.startsWith("ALL_")) {
            reply.set("Attributes", told.json());
        } else if (told != null && wish.startsWith("UPDATED_")) {
            ObjectNode attributes = update.changedIn(told.json());
            if (!attributes.isEmpty()) {
                reply.set("Attributes", attributes);
            }
        }
        Capacity.tell(request, reply, table.name(), written.consumed());
        return reply;
    }

    private Item updated(Table table, Update update, ObjectNode before) {
        Item item = ItemChecks.item(update.apply(before));
        check(table, item);
        return item;
    }

    private static String choice(ObjectNode request, String member, Set<String> allowed) {
        String wish = Objects.requireNonNullElse(Json.optionalText(request, member), "NONE");
        if (!allowed.contains(wish)) {
            throw Refusal.invalid(member + " can only be one of " + new TreeSet<>(allowed));
        }
        return wish;
    }

    private static Planned conditional(ObjectNode request, Planned planned) {
        Placeholders placeholders = new Placeholders(request);
        Condition condition = Condition.of(request, "ConditionExpression", placeholders);
        placeholders.checkUsed();
        return conditional(request, planned, condition);
    }

    /** The write, if the condition holds for the item before it. */
    private static Planned conditional(ObjectNode request, Planned planned, Condition condition) {
        boolean told = choice(request, "ReturnValuesOnConditionCheckFailure", Set.of("NONE", "ALL_OLD"))
                .equals("ALL_OLD");
        Table.Change change = before -> {
            if (!condition.holds(before == null ? Json.object() : before.json())) {
                throw Refusal.conditionFailed(told && before != null ? before.json() : null);
            }
            return planned.change.of(before);
        };
        return new Planned(planned.table, planned.operation, planned.key, planned.attributes, change);
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

    private static Table.Written applied(Planned planned) {
        Table.Written written = planned.apply();
        if (written == null) {
            throw Refusal.throttled();
        }
        return written;
    }

    private static ObjectNode apply(ObjectNode request, Planned planned) {
        Table.Written written = applied(planned);
        ObjectNode reply = Json.object();
        Item before = written.before();
        if (before != null && "ALL_OLD".equals(Json.optionalText(request, "ReturnValues"))) {
            reply.set("Attributes", before.json());
        }
        Capacity.tell(request, reply, planned.table().name(), written.consumed());
        return reply;
    }
}
