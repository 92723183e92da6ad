package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
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

    private static final long EPOCH_NANOS = 1_000_000_000;

    private final SlotTable slots = new SlotTable();

    /** The slots that may be sent, the one that waits longest first. */
    private final Deque<Slot> ready = new ArrayDeque<>();

    /**
     * Slots that may be sent, too: those that were put aside at their turn. They go in front of the others with the next
     * batch. If they are too few to fill one by themselves, they wait for one for a while: each would take others along in
     * its batch that have not lingered.
     */
    private final Deque<Slot> late = new ArrayDeque<>();

    /** The slots of deletes that came to their turn too young, the one that came first in front. */
    private final Set<Slot> lingering = new LinkedHashSet<>();

    /** The slots of changes that did not get through, the one that may be sent again first in front. */
    private final PriorityQueue<Slot> delayed = new PriorityQueue<>(Slot::compareByDelay);

    private final BackOff backOff;

    /** The epochs that have unwritten changes, the oldest first; behind them the one that goes on. */
    private final Deque<Epoch> epochs = new ArrayDeque<>();

    /** Since when the oldest change waits, to about a second; read by other threads, too, which may be late. */
    private long oldestSince;

    /** When a batch was taken last. */
    private long takenAt;

    private int count;
    private long bytes;

    /**
     * Creates an empty one.
     *
     * @param backOff how long a change that did not get through has to wait
     */
    PendingChanges(BackOff backOff, long now) {
        this.backOff = backOff;
        this.takenAt = now;
        this.oldestSince = now;
        epochs.addLast(new Epoch(0, now));
    }

    /** Changes that were given between two marks, within about a second. */
    static final class Epoch {
        /** How many marks there were before. */
        final long number;

        /** When the first of its changes was given. */
        long begun;

        int count;

        Epoch(long number, long begun) {
            this.number = number;
            this.begun = begun;
        }
    }

    /**
     * How large a batch may be.
     *
     * @param changes the most changes
     * @param bytes the most bytes of changes on the wire, unless one change alone has more
     * @param units the most {@link WriteBudget#unitsOnWire}, unless one change alone has more
     */
    record Bounds(int changes, long bytes, long units) {}

    /** What adding a change did. */
    enum Added {
        NEW,
        MERGED
    }

    /**
     * Takes in a change, which replaces an older one of its key that was not sent yet. If its version says that it is the
     * older one itself, it is needless, as DynamoDB would not apply it.
     */
    Added add(Change change, long now) {
        Slot slot = slots.get(change.key());
        if (slot != null && slot.waits() != null && !change.supersedes(slot.waits())) {
            return Added.MERGED;
        }
        bytes += change.wire().length;
        if (slot == null) {
            Slot created = slots.add(change, currentEpoch(now), now);
            ready.addLast(created);
            created.epoch.count++;
            count++;
            return Added.NEW;
        }
        Change replaced;
        if (slot.isSent()) {
            replaced = slot.newer;
            slot.newerSince = since(replaced, slot.newerSince, change, now);
            slot.newer = change;
        } else {
            replaced = slot.change;
            slot.changeSince = since(replaced, slot.changeSince, change, now);
            slot.change = change;
            if (slot.state == Slot.State.LINGERING && change instanceof Change.Put) {
                lingering.remove(slot);
                slot.state = Slot.State.READY;
                late.addLast(slot);
            }
        }
        if (replaced == null) {
            slot.newerEpoch = currentEpoch(now);
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

    /** Lets the deletes that have lingered for so many nanoseconds go with the next batch. */
    void endLingering(long now, long linger) {
        if (lingering.isEmpty()) {
            return;
        }
        for (Iterator<Slot> slots = lingering.iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            if (slot.isYoungDelete(now, linger)) {
                break;
            }
            slots.remove();
            slot.state = Slot.State.READY;
            late.addLast(slot);
        }
    }

    /** Puts the deletes aside that came to their turn but have not lingered for so many nanoseconds. */
    private void beginLingering(Deque<Slot> queue, long now, long linger) {
        while (!queue.isEmpty() && queue.getFirst().isYoungDelete(now, linger)) {
            Slot slot = queue.removeFirst();
            slot.state = Slot.State.LINGERING;
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
        List<Change> batch = new ArrayList<>(Math.min(bounds.changes, readyCount()));
        int most = bounds.changes;
        long batchBytes = 0;
        long batchUnits = 0;
        while (batch.size() < most) {
            beginLingering(late, now, linger);
            beginLingering(ready, now, linger);
            Deque<Slot> queue = late.isEmpty() ? ready : late;
            if (queue.isEmpty()) {
                break;
            }
            Slot slot = queue.getFirst();
            most = Math.min(most, slot.largestBatch());
            batchBytes += slot.change.wire().length;
            batchUnits += WriteBudget.unitsOnWire(slot.change.wire().length);
            if (!batch.isEmpty() && (batch.size() >= most || batchBytes > bounds.bytes || batchUnits > bounds.units)) {
                break;
            }
            queue.removeFirst();
            slot.state = Slot.State.IN_FLIGHT;
            batch.add(slot.change);
            takenAt = now;
        }
        return batch;
    }

    /** Lets the changes take their turn again that have waited long enough since they did not get through. */
    void endDelays(long now) {
        if (delayed.isEmpty()) {
            return;
        }
        List<Slot> over = new ArrayList<>();
        while (!delayed.isEmpty() && delayed.peek().delayedUntil - now <= 0) {
            Slot slot = delayed.remove();
            slot.state = Slot.State.READY;
            over.add(slot);
        }
        // The one whose key came first in front.
        over.sort(Comparator.comparingLong((Slot slot) -> slot.number).reversed());
        over.forEach(ready::addFirst);
    }

    /**
     * Takes in what became of a change that was sent.
     *
     * @param batchSize how many changes were sent with it
     * @return whether a change was given up for a newer one of its key
     */
    boolean settle(Change sent, Verdict verdict, int batchSize, long now) {
        Slot slot = slots.get(sent.key());
        if (slot == null || slot.state != Slot.State.IN_FLIGHT || slot.change != sent) {
            throw new IllegalStateException("no such change is in flight: " + sent.key());
        }
        slot.state = Slot.State.READY;
        return switch (verdict) {
            case APPLIED, REFUSED -> {
                slot.uncertain = false;
                slot.failures = 0;
                advance(sent, slot, now);
                yield false;
            }
            case AGAIN -> {
                slot.failures++;
                boolean superseded = supersede(sent, slot);
                delay(slot, now);
                yield superseded;
            }
            case SUSPECT -> {
                boolean superseded = supersede(sent, slot);
                if (!superseded) {
                    slot.largestBatch = Math.max(1, batchSize / 2);
                }
                ready.addFirst(slot);
                yield superseded;
            }
            case UNKNOWN -> {
                slot.failures++;
                slot.uncertain = true;
                delay(slot, now);
                yield false;
            }
        };
    }

    private void delay(Slot slot, long now) {
        slot.state = Slot.State.DELAYED;
        slot.delayedUntil = now + backOff.afterFailures(slot.failures);
        delayed.add(slot);
    }

    /** Has the newer change of the key take the place of the one that was not applied, if one waits. */
    private boolean supersede(Change sent, Slot slot) {
        if (slot.newer == null || slot.uncertain || !slot.newer.supersedes(sent)) {
            return false;
        }
        // It stands for the epoch of the one that was sent, too.
        Epoch later = Objects.requireNonNull(slot.newerEpoch);
        slot.newerEpoch = slot.epoch;
        slot.epoch = later;
        takeNewer(sent, slot);
        return true;
    }

    /** Makes way for the newer change of the key, if one waits. */
    private void advance(Change done, Slot slot, long now) {
        if (slot.newer == null) {
            forget(done, slot.epoch);
            slots.remove(slot);
            return;
        }
        takeNewer(done, slot);
        slot.readySince = now;
        ready.addLast(slot);
    }

    /** Has the newer change of the key take the place of the one that was sent. */
    private void takeNewer(Change sent, Slot slot) {
        forget(sent, slot.epoch);
        slot.change = Objects.requireNonNull(slot.newer);
        slot.changeSince = slot.newerSince;
        slot.epoch = Objects.requireNonNull(slot.newerEpoch);
        slot.newer = null;
        slot.newerEpoch = null;
        slot.largestBatch = Integer.MAX_VALUE;
    }

    private void forget(Change change, Epoch epoch) {
        count--;
        bytes -= change.wire().length;
        epoch.count--;
        if (epoch.count == 0 && epoch == epochs.getFirst()) {
            forgetWritten();
        }
    }

    private void forgetWritten() {
        while (epochs.size() > 1 && epochs.getFirst().count == 0) {
            epochs.removeFirst();
        }
        oldestSince = epochs.getFirst().begun;
    }

    /** Marks what was given so far, for {@link #isWritten}. */
    long mark() {
        Epoch ended = epochs.getLast();
        epochs.addLast(new Epoch(ended.number + 1, ended.begun));
        return ended.number;
    }

    /**
     * Whether all that was given before the mark is written, or something newer of its key is; changes that were given
     * later are not waited for.
     */
    boolean isWritten(long mark) {
        forgetWritten();
        return epochs.getFirst().number > mark;
    }

    private Epoch currentEpoch(long now) {
        Epoch last = epochs.getLast();
        if (last.count == 0) {
            last.begun = now;
            oldestSince = epochs.getFirst().begun;
        } else if (now - last.begun >= EPOCH_NANOS) {
            last = new Epoch(last.number, now);
            epochs.addLast(last);
        }
        return last;
    }

    /** Since when the oldest change waits or is in flight, to about a second; means nothing if there is none. */
    long oldestSince() {
        return oldestSince;
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
        return ready.size() + late.size();
    }

    /** The {@link WriteBudget#unitsOnWire} of the first so many changes that could be sent at once. */
    long readyUnits(int most) {
        return Stream.concat(late.stream(), ready.stream())
                .limit(most)
                .mapToLong(slot -> WriteBudget.unitsOnWire(slot.change.wire().length))
                .sum();
    }

    /** Since when the first change that can be sent waits for its batch; there must be one. */
    long readySince() {
        if (late.isEmpty()) {
            return ready.getFirst().readySince;
        }
        long since = late.getFirst().readySince;
        if (late.size() >= BatchTransport.MAX_CHANGES || late.getFirst().largestBatch() == 1) {
            return since; // they have lingered, and take nobody along
        }
        long lateSince = since - takenAt > 0 ? since : takenAt;
        return ready.isEmpty() || ready.getFirst().readySince - lateSince > 0 ? lateSince : ready.getFirst().readySince;
    }

    /** Whether deletes linger. */
    boolean isLingering() {
        return !lingering.isEmpty();
    }

    /** Whether changes wait since they did not get through. */
    boolean isDelaying() {
        return !delayed.isEmpty();
    }

    /** When the first of them may be sent again; there must be one. */
    long delayedUntil() {
        return delayed.element().delayedUntil;
    }

    /** Since when the first delete lingers; there must be one. */
    long lingeringSince() {
        return lingering.iterator().next().changeSince;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }
}
