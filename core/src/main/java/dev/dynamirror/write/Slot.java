package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import org.jspecify.annotations.Nullable;

/** One key's place among the {@link PendingChanges}; used again for other keys, as one is needed for each change. */
final class Slot {

    /** Stands where there is no change. */
    private static final Change NOTHING = new Change.Delete(Key.of(KeyAttribute.string("nothing"), null), new byte[0]);

    enum State {
        READY,
        LINGERING,
        DELAYED,
        IN_FLIGHT
    }

    /** The next slot of the same bucket, or of those that are free. */
    @Nullable
    Slot next;

    /** That of the key, for the table. */
    int hash;

    long number;
    Change change;

    /** The oldest epoch for which the change stands: a change stands for those that it replaced, too. */
    PendingChanges.Epoch epoch;

    @Nullable
    Change newer;

    PendingChanges.@Nullable Epoch newerEpoch;

    State state = State.READY;
    long readySince;
    long changeSince;
    long newerSince;

    /** Whether an earlier attempt may have been applied, or may still be. */
    boolean uncertain;

    /** How often in a row changes of this key did not get through. */
    int failures;

    long delayedUntil;

    /** The size of the batches that the change may be in: smaller and smaller ones if DynamoDB refused its batch. */
    int largestBatch = Integer.MAX_VALUE;

    Slot(long number, Change change, PendingChanges.Epoch epoch, long now) {
        this.number = number;
        this.change = change;
        this.epoch = epoch;
        this.readySince = now;
        this.changeSince = now;
    }

    /** Makes this slot what a new one is. */
    void reset(long newNumber, Change newChange, PendingChanges.Epoch newEpoch, long now) {
        number = newNumber;
        change = newChange;
        epoch = newEpoch;
        newer = null;
        newerEpoch = null;
        state = State.READY;
        readySince = now;
        changeSince = now;
        newerSince = 0;
        uncertain = false;
        failures = 0;
        delayedUntil = 0;
        largestBatch = Integer.MAX_VALUE;
    }

    /** Lets go of the changes, which may be large, until this is used again. */
    void clear() {
        change = NOTHING;
        newer = null;
    }

    static int compareByDelay(Slot one, Slot other) {
        return Long.signum(one.delayedUntil - other.delayedUntil);
    }

    /** The change that a newer one would replace; null if there is none, as the only one is in flight. */
    @Nullable
    Change waits() {
        return isSent() ? newer : change;
    }

    /** Whether the change is in flight, or was and may have been applied: then newer ones wait behind it. */
    boolean isSent() {
        return state == State.IN_FLIGHT || uncertain;
    }

    /** How many changes a batch with this one may have. */
    int largestBatch() {
        return change.request() == Change.Request.BATCH_ELEMENT ? largestBatch : 1;
    }

    boolean isYoungDelete(long now, long linger) {
        return change instanceof Change.Delete && now - changeSince < linger;
    }
}
