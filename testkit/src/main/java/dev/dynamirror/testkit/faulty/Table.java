package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table's items. A write and its record in the history are one step; so is a read. */
final class Table {

    private final String name;
    private final KeySchema keys;
    private final List<Index> indexes;
    private final History history;
    private final NavigableMap<ItemKey, Item> items = new TreeMap<>();
    private long bytes;
    private @Nullable Partitions partitions;

    Table(String name, KeySchema keys, List<Index> indexes, History history) {
        this.name = name;
        this.keys = keys;
        this.indexes = indexes;
        this.history = history;
    }

    /** Tells what a scan or a query consumed. */
    void read(double units) {
        history.read(units);
    }

    /** What an item becomes by a write. */
    @FunctionalInterface
    interface Change {
        /** The new item, null if there is none; throws what the request is to be refused with. */
        @Nullable
        Item of(@Nullable Item before);
    }

    /**
     * What a write did.
     *
     * @param before the item before it
     * @param after the item after it
     * @param consumed what it cost
     */
    record Written(@Nullable Item before, @Nullable Item after, Capacity consumed) {}

    String name() {
        return name;
    }

    KeySchema keys() {
        return keys;
    }

    /** The index of this name. */
    Index index(String index) {
        for (Index each : indexes) {
            if (each.name().equals(index)) {
                return each;
            }
        }
        throw Refusal.invalid("The table does not have the specified index: " + index);
    }

    /** Refuses an item whose attributes can't be keys of an index. */
    void checkIndexes(ObjectNode item) {
        for (Index index : indexes) {
            index.check(item);
        }
    }

    synchronized void limit(Partitions.@Nullable Limit limit) {
        partitions = limit == null ? null : new Partitions(limit);
    }

    /** Applies a write; null if the key's partition is out of write units. */
    synchronized @Nullable Written write(String operation, ItemKey key, ObjectNode keyAttributes, Change change) {
        Item before = items.get(key);
        Item after;
        try {
            after = change.of(before);
        } catch (Refusal e) {
            if (e.isConditionFailed()) {
                history.consumed(Capacity.writeUnits(before == null ? 0 : before.size()));
            }
            throw e;
        }
        Capacity consumed = consumed(before, after);
        if (partitions != null && !partitions.take(key, consumed.total())) {
            return null;
        }
        if (after != null) {
            items.put(key, after);
            bytes += after.size();
        } else {
            items.remove(key);
        }
        if (before != null) {
            bytes -= before.size();
        }
        history.add(
                this,
                operation,
                keyAttributes,
                before == null ? null : before.json(),
                after == null ? null : after.json(),
                consumed.total());
        return new Written(before, after, consumed);
    }

    private Capacity consumed(@Nullable Item before, @Nullable Item after) {
        double units =
                Capacity.writeUnits(Math.max(before == null ? 0 : before.size(), after == null ? 0 : after.size()));
        if (indexes.isEmpty()) {
            return new Capacity(units, Map.of());
        }
        Map<String, Double> byIndex = new LinkedHashMap<>();
        for (Index index : indexes) {
            double inIndex = index.writeUnits(before, after);
            if (inIndex > 0) {
                byIndex.put(index.name(), inIndex);
            }
        }
        return new Capacity(units, byIndex);
    }

    synchronized @Nullable Item get(ItemKey key) {
        return items.get(key);
    }

    /** The items of an index as they are now, in their order there. */
    synchronized NavigableMap<ItemKey, Item> itemsOf(Index index) {
        NavigableMap<ItemKey, Item> there = new TreeMap<>();
        items.forEach((key, item) -> {
            ItemKey place = index.keys().inIndex(item.json());
            Item projection = index.projection(item);
            if (place != null && projection != null) {
                there.put(place.with(key), projection);
            }
        });
        return there;
    }

    /** Reads the items in one step, in their order. */
    synchronized <T> T read(Function<NavigableMap<ItemKey, Item>, T> reader) {
        return reader.apply(items);
    }

    /** The items' JSON. */
    synchronized List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>(items.size());
        items.values().forEach(item -> all.add(item.json()));
        return all;
    }

    synchronized int count() {
        return items.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
