package dev.dynamirror.testkit.oracle;

import java.util.Arrays;

/**
 * The live rows while a script is made. Rows and keys are numbers from 0; the rows of a key are a linked list, the row
 * of the newest put first.
 */
final class LiveRows {

    static final int NONE = -1;

    private final int[] newestOfKey;
    private final int[] older;
    private final int[] newer;
    private final int[] key;
    private final long[] value;
    private final int[] payload;
    /** The rows that are not live, in its first {@link #spares} places, the last deleted at their end. */
    private final int[] spare;

    private int spares;

    LiveRows(int rows, int keys) {
        newestOfKey = filled(keys);
        older = filled(rows);
        newer = filled(rows);
        key = filled(rows);
        value = new long[rows];
        payload = new int[rows];
        spare = new int[rows];
        for (int row = rows - 1; row >= 0; row--) {
            spare[spares++] = row;
        }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    int newestOf(int ofKey) {
        return newestOfKey[ofKey];
    }

    int olderThan(int row) {
        return older[row];
    }

    int spares() {
        return spares;
    }

    /** Takes a row that is not live, to be put; the one deleted last is at 0. */
    int takeSpare(int index) {
        int place = spares - 1 - index;
        int row = spare[place];
        spare[place] = spare[--spares];
        return row;
    }

    Row row(int row, KeyForm form) {
        return new Row(row, form.key(key[row]), value[row], payload[row]);
    }

    /** Puts a row that is live or taken as the newest of its new key. */
    void put(int row, int newKey, long newValue, int newPayload) {
        if (key[row] != NONE) {
            unlink(row);
        }
        key[row] = newKey;
        value[row] = newValue;
        payload[row] = newPayload;
        int second = newestOfKey[newKey];
        older[row] = second;
        newer[row] = NONE;
        if (second != NONE) {
            newer[second] = row;
        }
        newestOfKey[newKey] = row;
    }

    void delete(int row) {
        unlink(row);
        key[row] = NONE;
        spare[spares++] = row;
    }

    private void unlink(int row) {
        if (newer[row] == NONE) {
            newestOfKey[key[row]] = older[row];
        } else {
            older[newer[row]] = older[row];
        }
        if (older[row] != NONE) {
            newer[older[row]] = newer[row];
        }
    }
}
