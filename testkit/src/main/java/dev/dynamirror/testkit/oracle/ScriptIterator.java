package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The commits of a script, one after the other. */
final class ScriptIterator implements Iterator<Commit> {

    private final LiveTableScript.Builder settings;
    private final SplittableRandom random;
    private final LiveRows live;
    /** For each key, how often it or one before it is drawn, in relation to the last. */
    private final double[] cumulated;

    private int commits;
    private int changes;
    private int burstKey;
    private int burstLeft;

    ScriptIterator(LiveTableScript.Builder settings) {
        this.settings = settings;
        random = new SplittableRandom(settings.seed);
        live = new LiveRows(settings.rows, settings.keys);
        cumulated = new double[settings.keys];
        double sum = 0;
        for (int key = 0; key < settings.keys; key++) {
            sum += Math.pow(key + 1, -settings.zipfExponent);
            cumulated[key] = sum;
        }
    }

    @Override
    public boolean hasNext() {
        return changes < settings.changes;
    }

    @Override
    public Commit next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int size = Math.min(1 + random.nextInt(settings.largestCommit), settings.changes - changes);
        List<Change> made = new ArrayList<>(size);
        while (made.size() < size) {
            made.add(nextChange());
        }
        return new Commit(++commits, made);
    }

    private Change nextChange() {
        changes++;
        if (burstLeft == 0) {
            burstKey = drawKey();
            burstLeft = 1 + random.nextInt(settings.largestBurst);
        }
        burstLeft--;
        int key = burstKey;
        if (live.newestOf(key) == LiveRows.NONE) {
            // Without a row to spare all are live, so one of them moves.
            return live.spares() > 0 ? insert(key) : update(random.nextInt(settings.rows), key);
        }
        double drawn = random.nextDouble() * (settings.inserts + settings.updates + settings.deletes + settings.moves);
        if (drawn < settings.inserts) {
            return live.spares() > 0 && mayShare() ? insert(key) : update(drawRow(key), key);
        }
        if (drawn < settings.inserts + settings.updates) {
            return update(drawRow(key), key);
        }
        if (drawn < settings.inserts + settings.updates + settings.deletes) {
            return delete(drawRow(key));
        }
        int other = drawKey();
        boolean free = live.newestOf(other) == LiveRows.NONE || mayShare();
        return update(drawRow(key), free ? other : key);
    }

    private Change insert(int key) {
        boolean comesBack = random.nextBoolean();
        return put(live.takeSpare(comesBack ? 0 : random.nextInt(live.spares())), null, key);
    }

    private Change update(int row, int key) {
        return put(row, live.row(row, settings.keyForm), key);
    }

    private Change put(int row, @Nullable Row before, int key) {
        int payload = random.nextInt(settings.smallestPayload, settings.largestPayload + 1);
        live.put(row, key, changes, payload);
        return new Change(changes, before, live.row(row, settings.keyForm));
    }

    private Change delete(int row) {
        Row before = live.row(row, settings.keyForm);
        live.delete(row);
        return new Change(changes, before, null);
    }

    private boolean mayShare() {
        return random.nextDouble() < settings.sharing;
    }

    private int drawKey() {
        double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, drawn);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulated.length - 1);
    }

    /** Returns a row of a key that has one: most often that of the newest put. */
    private int drawRow(int key) {
        int row = live.newestOf(key);
        while (live.olderThan(row) != LiveRows.NONE && random.nextBoolean()) {
            row = live.olderThan(row);
        }
        return row;
    }
}
