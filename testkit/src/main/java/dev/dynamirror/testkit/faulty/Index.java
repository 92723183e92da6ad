package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A global secondary index, as far as it is paid for.
 *
 * @param name its name
 * @param keys its key attributes
 * @param tableKeys the table's, which every index has too
 * @param projected the names of other attributes that it has; null: all
 */
record Index(
        String name,
        KeySchema keys,
        KeySchema tableKeys,
        @Nullable Set<String> projected) {

    /** What a write of an item costs here: what vanishes, what appears, or the larger of two that differ. */
    double writeUnits(@Nullable Item before, @Nullable Item after) {
        Item old = before == null ? null : projection(before);
        Item now = after == null ? null : projection(after);
        if (old == null) {
            return now == null ? 0 : Capacity.writeUnits(now.size());
        }
        if (now == null) {
            return Capacity.writeUnits(old.size());
        }
        if (old.json().equals(now.json())) {
            return 0;
        }
        if (keys.ofItem(old.json()).equals(keys.ofItem(now.json()))) {
            return Capacity.writeUnits(Math.max(old.size(), now.size()));
        }
        return Capacity.writeUnits(old.size()) + Capacity.writeUnits(now.size());
    }

    /** Refuses an item whose attributes can't be keys here; it may lack them. */
    void check(ObjectNode item) {
        keys.checkPresent(item);
    }

    /** The item as the index has it; null if it does not. */
    @Nullable
    Item projection(Item item) {
        if (keys.inIndex(item.json()) == null) {
            return null;
        }
        if (projected == null) {
            return item;
        }
        ObjectNode part = Json.object();
        item.json().properties().forEach(attribute -> {
            String attributeName = attribute.getKey();
            if (keys.has(attributeName) || tableKeys.has(attributeName) || projected.contains(attributeName)) {
                part.set(attributeName, attribute.getValue());
            }
        });
        return ItemChecks.attributes(part);
    }
}
