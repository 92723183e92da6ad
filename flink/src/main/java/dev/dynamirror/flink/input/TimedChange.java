package dev.dynamirror.flink.input;

import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * A row that comes or goes at a time.
 *
 * @param line the line that says so
 * @param time when
 * @param kind INSERT or DELETE
 * @param row the row
 */
record TimedChange(long line, long time, RowKind kind, IdentifiedRow row) {

    boolean isInsert() {
        return kind == RowKind.INSERT;
    }

    Row toRow() {
        Row change = Row.copy(row.values());
        change.setKind(kind);
        return change;
    }
}
