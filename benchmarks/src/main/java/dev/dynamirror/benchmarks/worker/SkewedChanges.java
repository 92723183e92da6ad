package dev.dynamirror.benchmarks.worker;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * A stream of changes of which some keys get most: Zipf's law with the exponent 1 over 10,000 keys, 500,000 changes; a
 * quarter of them are deletes and the inserts that follow, all others updates.
 */
public final class SkewedChanges {

    /** How many changes there are. */
    public static final int COUNT = 500_000;

    private static final int KEYS = 10_000;

    /** How likely the change of a row that is there is its delete, so that deletes and inserts are a quarter of all. */
    private static final double DELETES = 2.0 / 15;

    private final int[] keys = new int[COUNT];
    private final Kind[] kinds = new Kind[COUNT];

    /** What a change does. */
    public enum Kind {
        /** The row was not there. */
        INSERT,
        /** The row was there. */
        UPDATE,
        /** The row was there. */
        DELETE
    }

    /** The same changes each time. */
    public SkewedChanges() {
        Random random = new Random(1);
        double[] upTo = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        BitSet live = new BitSet(KEYS);
        for (int i = 0; i < COUNT; i++) {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            int key = at < 0 ? -at - 1 : at;
            keys[i] = key;
            if (!live.get(key)) {
                kinds[i] = Kind.INSERT;
                live.set(key);
            } else if (random.nextDouble() < DELETES) {
                kinds[i] = Kind.DELETE;
                live.clear(key);
            } else {
                kinds[i] = Kind.UPDATE;
            }
        }
    }

    /** The key that a change is of. */
    public int key(int change) {
        return keys[change];
    }

    /** What a change does. */
    public Kind kind(int change) {
        return kinds[change];
    }
}
