package dev.dynamirror.flink.input;

import java.io.IOException;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Reads rows whose last column says what happens to them. */
final class ChangeReader implements RowReader {

    private final RowReader rows;
    private final ChangeColumn column;

    ChangeReader(RowReader rows, ChangeColumn column) {
        this.rows = rows;
        this.column = column;
    }

    @Override
    public @Nullable Row read() throws IOException {
        for (Row row = rows.read(); row != null; row = rows.read()) {
            RowKind kind = kind(row);
            if (kind != null) {
                return withoutLast(row, kind);
            }
        }
        return null;
    }

    private @Nullable RowKind kind(Row row) {
        try {
            return column.kind(row.getField(row.getArity() - 1));
        } catch (BadValueException e) {
            throw place().column(column.name()).error(e.problem());
        }
    }

    private static Row withoutLast(Row row, RowKind kind) {
        Row change = new Row(kind, row.getArity() - 1);
        for (int i = 0; i < change.getArity(); i++) {
            change.setField(i, row.getField(i));
        }
        return change;
    }

    @Override
    public Place place() {
        return rows.place();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
