package dev.dynamirror.flink.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.Path;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files that change: one of each key. If several files have a row of a key, it is that of the file where it has
 * changed last; if that one goes, it is the one before.
 */
final class FollowedRows {

    private final int[] key;
    private final Map<Path, Map<Row, Row>> byFile = new HashMap<>();

    /** The rows of each key, in the order in which they have changed: the last is the one that there is. */
    private final Map<Row, Map<Path, Row>> byKey = new HashMap<>();

    /** The rows as they were at the last {@link #changes}, of keys that were touched since. */
    private final Map<Row, @Nullable Row> before = new LinkedHashMap<>();

    /** Takes the positions of the key's columns. */
    FollowedRows(int[] key) {
        this.key = key.clone();
    }

    /** Takes what a file has now; nothing if it is gone. */
    void replace(Path file, Map<Row, Row> rows) {
        Map<Row, Row> old = byFile.getOrDefault(file, Map.of());
        Set<Row> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(rows.keySet());
        for (Row each : keys) {
            Row row = rows.get(each);
            if (row == null || !row.equals(old.get(each))) {
                replace(file, each, row);
            }
        }
        if (rows.isEmpty()) {
            byFile.remove(file);
        } else {
            byFile.put(file, rows);
        }
    }

    private void replace(Path file, Row key, @Nullable Row row) {
        Map<Path, Row> rows = byKey.computeIfAbsent(key, unseen -> new LinkedHashMap<>());
        if (!before.containsKey(key)) {
            before.put(key, last(rows));
        }
        rows.remove(file);
        if (row != null) {
            rows.put(file, row);
        } else if (rows.isEmpty()) {
            byKey.remove(key);
        }
    }

    /** What has changed since the last time: a row that comes, one that is another now, or one that goes. */
    List<Row> changes() {
        List<Row> changes = new ArrayList<>();
        before.forEach((each, old) -> {
            Row now = last(byKey.getOrDefault(each, Map.of()));
            if (now == null && old != null) {
                changes.add(change(RowKind.DELETE, old));
            } else if (now != null && !now.equals(old)) {
                changes.add(change(old == null ? RowKind.INSERT : RowKind.UPDATE_AFTER, now));
            }
        });
        before.clear();
        return changes;
    }

    /** The key of a row. */
    Row keyOf(Row row) {
        return Row.project(row, key);
    }

    private static @Nullable Row last(Map<Path, Row> rows) {
        Row last = null;
        for (Row row : rows.values()) {
            last = row;
        }
        return last;
    }

    private static Row change(RowKind kind, Row row) {
        Row change = Row.copy(row);
        change.setKind(kind);
        return change;
    }
}
