package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that are not written yet: those that wait and those in flight.
 *
 * <p>A key has one slot. While its change is in flight the key is muted: newer changes wait in the slot, where each
 * replaces the one before it. So there is never more than one request for a key, the keys of a batch are distinct, and
 * changes that nobody saw are never paid for.
 */
final class PendingChanges {

    private final Map<Key, Slot> slots = new HashMap<>();

    /** The slots that may be sent, the one that waits longest first. */
    private final Deque<Slot> ready = new ArrayDeque<>();

    private int count;
    private long bytes;

    /** One key's place. */
    private static final class Slot {
        Change change;

        @Nullable
        Change newer;

        State state = State.READY;
        long readySince;

        /** Whether an earlier attempt may have been applied, or may still be. */
        boolean uncertain;

        Slot(Change change, long now) {
            this.change = change;
            this.readySince = now;
        }
    }

    private enum State {
        READY,
        IN_FLIGHT
    }

    /** What adding a change did. */
    enum Added {
        NEW,
        MERGED
    }

    /** Takes in a change, which replaces an older one of its key that was not sent yet. */
    Added add(Change change, long now) {
        bytes += change.wire().length;
        Slot slot = slots.get(change.key());
        if (slot == null) {
            Slot created = new Slot(change, now);
            slots.put(change.key(), created);
            ready.addLast(created);
            count++;
            return Added.NEW;
        }
        Change replaced;
        if (slot.state == State.IN_FLIGHT || slot.uncertain) {
            replaced = slot.newer;
            slot.newer = change;
        } else {
            replaced = slot.change;
            slot.change = change;
        }
        if (replaced == null) {
            count++;
            return Added.NEW;
        }
        bytes -= replaced.wire().length;
        return Added.MERGED;
    }

    /** Takes changes of distinct keys to send, those that wait longest first; their keys are muted until settled. */
    List<Change> take(int maxChanges, long maxBytes) {
        List<Change> batch = new ArrayList<>(Math.min(maxChanges, ready.size()));
        long batchBytes = 0;
        while (batch.size() < maxChanges && !ready.isEmpty()) {
            Slot slot = ready.getFirst();
            batchBytes += slot.change.wire().length;
            if (batchBytes > maxBytes && !batch.isEmpty()) {
                break;
            }
            ready.removeFirst();
            slot.state = State.IN_FLIGHT;
            batch.add(slot.change);
        }
        return batch;
    }

    /**
     * Takes in what became of a change that was sent.
     *
     * @return whether a change was given up for a newer one of its key
     */
    boolean settle(Change sent, Verdict verdict, long now) {
        Slot slot = slots.get(sent.key());
        if (slot == null || slot.state != State.IN_FLIGHT || slot.change != sent) {
            throw new IllegalStateException("no such change is in flight: " + sent.key());
        }
        slot.state = State.READY;
        return switch (verdict) {
            case APPLIED -> {
                slot.uncertain = false;
                advance(sent, slot, now);
                yield false;
            }
            case AGAIN -> {
                boolean superseded = slot.newer != null && !slot.uncertain;
                if (superseded) {
                    advance(sent, slot, now);
                } else {
                    ready.addFirst(slot);
                }
                yield superseded;
            }
            case UNKNOWN -> {
                slot.uncertain = true;
                ready.addFirst(slot);
                yield false;
            }
        };
    }

    /** Makes way for the newer change of the key, if one waits. */
    private void advance(Change done, Slot slot, long now) {
        count--;
        bytes -= done.wire().length;
        if (slot.newer == null) {
            slots.remove(done.key());
            return;
        }
        slot.change = slot.newer;
        slot.newer = null;
        slot.readySince = now;
        ready.addLast(slot);
    }

    /** How many changes wait or are in flight. */
    int count() {
        return count;
    }

    /** How many bytes these changes have on the wire. */
    long bytes() {
        return bytes;
    }

    /** How many changes could be sent at once. */
    int readyCount() {
        return ready.size();
    }

    /** Since when the first change that can be sent waits; there must be one. */
    long readySince() {
        return ready.getFirst().readySince;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }
}
