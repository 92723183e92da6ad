package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import org.jspecify.annotations.Nullable;

/**
 * Slots by key: a hash table whose entries are the slots themselves, which are used again when they are removed.
 *
 * <p>A {@link java.util.HashMap} of new slots costs 120 bytes for each change that comes and goes, as much as a small item.
 */
final class SlotTable {

    private static final int FIRST_BUCKETS = 1 << 10;

    /** An odd number without a pattern: 2^32 by the golden ratio. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    /** Each the first slot of those whose keys' hashes end alike; as many as a power of two. */
    private @Nullable Slot[] buckets = new @Nullable Slot[FIRST_BUCKETS];

    private @Nullable Slot free;
    private long made;
    private int size;

    /** The key's slot; null if it has none. */
    @Nullable
    Slot get(Key key) {
        int hash = hash(key);
        Slot slot = buckets[bucket(hash)];
        while (slot != null && !(slot.hash == hash && slot.change.key().equals(key))) {
            slot = slot.next;
        }
        return slot;
    }

    /** A new slot for a change whose key has none. */
    Slot add(Change change, PendingChanges.Epoch epoch, long now) {
        if (size == buckets.length) {
            grow();
        }
        Slot slot = free;
        if (slot == null) {
            slot = new Slot(made, change, epoch, now);
        } else {
            free = slot.next;
            slot.reset(made, change, epoch, now);
        }
        made++;
        size++;
        slot.hash = hash(change.key());
        int bucket = bucket(slot.hash);
        slot.next = buckets[bucket];
        buckets[bucket] = slot;
        return slot;
    }

    /** Removes a slot that is there; nobody may hold on to it. */
    void remove(Slot slot) {
        int bucket = bucket(slot.hash);
        Slot before = buckets[bucket];
        if (before == slot) {
            buckets[bucket] = slot.next;
        } else {
            while (before != null && before.next != slot) {
                before = before.next;
            }
            if (before == null) {
                throw new IllegalStateException("no slot of this table: " + slot.change.key());
            }
            before.next = slot.next;
        }
        size--;
        slot.clear();
        slot.next = free;
        free = slot;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The key's hash, its bits mixed: those of keys that count up differ in few, and the bucket is told by some of them. */
    private static int hash(Key key) {
        int hash = key.hashCode() * GOLDEN_RATIO;
        return hash ^ (hash >>> 15);
    }

    private int bucket(int hash) {
        return hash & (buckets.length - 1);
    }

    private void grow() {
        @Nullable Slot[] old = buckets;
        buckets = new @Nullable Slot[2 * old.length];
        for (Slot first : old) {
            Slot slot = first;
            while (slot != null) {
                Slot following = slot.next;
                int bucket = bucket(slot.hash);
                slot.next = buckets[bucket];
                buckets[bucket] = slot;
                slot = following;
            }
        }
    }
}
