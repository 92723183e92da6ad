package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes that are not written yet: those that wait and those in flight.
 *
 * <p>A key has one slot. While its change is in flight the key is muted: newer changes wait in the slot, where each
 * replaces the one before it. So there is never more than one request for a key, the keys of a batch are distinct, and
 * changes that nobody saw are never paid for.
 *
 * <p>A delete lingers in any case, also when the batch would be full with it: an engine gives some updates as a delete and
 * an insert, and no reader is to see the item vanish in between.
 */
final class PendingChanges {

    private final Map<Key, Slot> slots = new HashMap<>();

    /** The slots that may be sent, the one that waits longest first. */
    private final Deque<Slot> ready = new ArrayDeque<>();

    /** The slots of deletes that came to their turn too young, the one that came first in front. */
    private final Set<Slot> lingering = new LinkedHashSet<>();

    /** The epochs that have unwritten changes, the oldest first; behind them the one that goes on. */
    private final Deque<Epoch> epochs = new ArrayDeque<>();

    private int count;
    private long bytes;

    PendingChanges() {
        epochs.addLast(new Epoch(0));
    }

    /** The changes that were given between two marks. */
    private static final class Epoch {
        final long number;
        int count;

        Epoch(long number) {
            this.number = number;
        }
    }

    /** One key's place. */
    private static final class Slot {
        Change change;

        /** The oldest epoch for which the change stands: a change stands for those that it replaced, too. */
        Epoch epoch;

        @Nullable
        Change newer;

        @Nullable
        Epoch newerEpoch;

        State state = State.READY;
        long readySince;
        long changeSince;
        long newerSince;

        /** Whether an earlier attempt may have been applied, or may still be. */
        boolean uncertain;

        Slot(Change change, Epoch epoch, long now) {
            this.change = change;
            this.epoch = epoch;
            this.readySince = now;
            this.changeSince = now;
        }

        boolean isYoungDelete(long now, long linger) {
            return change instanceof Change.Delete && now - changeSince < linger;
        }
    }

    private enum State {
        READY,
        LINGERING,
        IN_FLIGHT
    }

    /**
     * How large a batch may be.
     *
     * @param changes the most changes
     * @param bytes the most bytes of changes on the wire, unless one change alone has more
     */
    record Bounds(int changes, long bytes) {}

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
            Slot created = new Slot(change, currentEpoch(), now);
            slots.put(change.key(), created);
            ready.addLast(created);
            created.epoch.count++;
            count++;
            return Added.NEW;
        }
        Change replaced;
        if (slot.state == State.IN_FLIGHT || slot.uncertain) {
            replaced = slot.newer;
            slot.newerSince = since(replaced, slot.newerSince, change, now);
            slot.newer = change;
        } else {
            replaced = slot.change;
            slot.changeSince = since(replaced, slot.changeSince, change, now);
            slot.change = change;
            if (slot.state == State.LINGERING && change instanceof Change.Put) {
                lingering.remove(slot);
                slot.state = State.READY;
                ready.addFirst(slot);
            }
        }
        if (replaced == null) {
            slot.newerEpoch = currentEpoch();
            slot.newerEpoch.count++;
            count++;
            return Added.NEW;
        }
        bytes -= replaced.wire().length;
        return Added.MERGED;
    }

    /** A delete that is given again lingers since it was given first, or it might never be sent. */
    private static long since(@Nullable Change replaced, long replacedSince, Change change, long now) {
        return replaced instanceof Change.Delete && change instanceof Change.Delete ? replacedSince : now;
    }

    /** Lets the deletes that have lingered for so many nanoseconds take their turn. */
    void endLingering(long now, long linger) {
        Deque<Slot> lastFirst = new ArrayDeque<>();
        for (Iterator<Slot> slots = lingering.iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            if (slot.isYoungDelete(now, linger)) {
                break;
            }
            slots.remove();
            slot.state = State.READY;
            lastFirst.addFirst(slot);
        }
        lastFirst.forEach(ready::addFirst);
    }

    /** Puts the deletes aside that came to their turn but have not lingered for so many nanoseconds. */
    private void beginLingering(long now, long linger) {
        while (!ready.isEmpty() && ready.getFirst().isYoungDelete(now, linger)) {
            Slot slot = ready.removeFirst();
            slot.state = State.LINGERING;
            lingering.add(slot);
        }
    }

    /**
     * Takes changes of distinct keys to send, those that wait longest first; their keys are muted until settled.
     *
     * @param bounds how many changes and bytes a batch may have
     * @param linger how old a delete must be, in nanoseconds
     * @return no changes if only younger deletes wait
     */
    List<Change> take(Bounds bounds, long now, long linger) {
        List<Change> batch = new ArrayList<>(Math.min(bounds.changes, ready.size()));
        long batchBytes = 0;
        while (batch.size() < bounds.changes) {
            beginLingering(now, linger);
            if (ready.isEmpty()) {
                break;
            }
            Slot slot = ready.getFirst();
            batchBytes += slot.change.wire().length;
            if (batchBytes > bounds.bytes && !batch.isEmpty()) {
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
                    standInForSent(slot);
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

    /** Has the newer change, which is about to replace the one that was sent, stand for that one's epoch. */
    private static void standInForSent(Slot slot) {
        Epoch replaced = slot.epoch;
        slot.epoch = Objects.requireNonNull(slot.newerEpoch);
        slot.newerEpoch = replaced;
    }

    /** Makes way for the newer change of the key, if one waits. */
    private void advance(Change done, Slot slot, long now) {
        count--;
        bytes -= done.wire().length;
        slot.epoch.count--;
        if (slot.newer == null) {
            slots.remove(done.key());
            return;
        }
        slot.change = slot.newer;
        slot.changeSince = slot.newerSince;
        slot.epoch = Objects.requireNonNull(slot.newerEpoch);
        slot.newer = null;
        slot.newerEpoch = null;
        slot.readySince = now;
        ready.addLast(slot);
    }

    /** Marks what was given so far, for {@link #isWritten}. */
    long mark() {
        long ended = currentEpoch().number;
        epochs.addLast(new Epoch(ended + 1));
        return ended;
    }

    /**
     * Whether all that was given before the mark is written, or something newer of its key is; changes that were given
     * later are not waited for.
     */
    boolean isWritten(long mark) {
        while (epochs.size() > 1 && epochs.getFirst().count == 0) {
            epochs.removeFirst();
        }
        return epochs.getFirst().number > mark;
    }

    private Epoch currentEpoch() {
        return epochs.getLast();
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

    /** Whether deletes linger. */
    boolean isLingering() {
        return !lingering.isEmpty();
    }

    /** Since when the first delete lingers; there must be one. */
    long lingeringSince() {
        return lingering.iterator().next().changeSince;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }
}
