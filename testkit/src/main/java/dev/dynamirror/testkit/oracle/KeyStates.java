package dev.dynamirror.testkit.oracle;

import java.util.Arrays;

/**
 * The permitted states of one key in their order, each with the commit that it came with. A state is the value of the
 * row that is seen, or {@link #ABSENT}. The first is the absence before the first commit. Neighbours differ, but a state
 * may come back later: an absence, or the value of a row that was hidden by another of its key.
 *
 * <p>First changes are added, then it is {@linkplain #freeze() frozen} and asked.
 */
final class KeyStates {

    static final long ABSENT = 0;
    static final int NOWHERE = -1;

    private static final long[] NONE = {};

    private long[] states = new long[2];
    private int[] commits = new int[2];
    private int size = 1;

    /** The values of the key's live rows, ascending: the last is seen. */
    private long[] live = NONE;

    private int liveSize;

    /** All states, each with its index in the lower half, ascending. */
    private long[] sorted = NONE;

    void put(long value) {
        if (liveSize > 0 && live[liveSize - 1] >= value) {
            throw new IllegalArgumentException("value " + value + " is put after " + live[liveSize - 1]);
        }
        if (liveSize == live.length) {
            live = Arrays.copyOf(live, Math.max(1, 2 * liveSize));
        }
        live[liveSize++] = value;
    }

    void remove(long value) {
        int index = Arrays.binarySearch(live, 0, liveSize, value);
        if (index < 0) {
            throw new IllegalArgumentException("value " + value + " goes, but is not there");
        }
        liveSize--;
        System.arraycopy(live, index + 1, live, index, liveSize - index);
    }

    /** Adds the state that is seen now, if it is another than before. */
    void see(int commit) {
        long state = liveSize == 0 ? ABSENT : live[liveSize - 1];
        if (state == states[size - 1]) {
            return;
        }
        if (states[size - 1] == ABSENT && commits[size - 1] == commit) {
            // What goes and comes back within a commit never was absent.
            size--;
        }
        if (size == states.length) {
            states = Arrays.copyOf(states, size + size / 2 + 1);
            commits = Arrays.copyOf(commits, states.length);
        }
        states[size] = state;
        commits[size++] = commit;
    }

    void freeze() {
        live = NONE;
        states = Arrays.copyOf(states, size);
        commits = Arrays.copyOf(commits, size);
        sorted = new long[size];
        for (int index = 0; index < size; index++) {
            sorted[index] = entry(states[index], index);
        }
        Arrays.sort(sorted);
    }

    int size() {
        return size;
    }

    long get(int index) {
        return states[index];
    }

    long last() {
        return states[size - 1];
    }

    /** Returns the index of the state when all up to and including a commit was seen. */
    int indexAsOf(int commit) {
        int low = 0;
        int high = size;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (commits[middle] <= commit) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the least index of a state that is not below another, or {@link #NOWHERE}. */
    int next(long state, int from) {
        if (state < 0 || state > Integer.MAX_VALUE) {
            return NOWHERE;
        }
        int found = Arrays.binarySearch(sorted, entry(state, from));
        int place = found >= 0 ? found : -found - 1;
        return place < size && sorted[place] >>> Integer.SIZE == state ? (int) sorted[place] : NOWHERE;
    }

    private static long entry(long state, int index) {
        return state << Integer.SIZE | index;
    }
}
