package dev.dynamirror.benchmarks.flink;

import dev.dynamirror.benchmarks.worker.RowSize;
import dev.dynamirror.benchmarks.worker.SkewedChanges;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** The skewed changes as Flink's planner passes them on: an update is two rows. */
final class SkewedRows implements RowScript {

    private static final long serialVersionUID = 1L;

    private transient @Nullable List<RowData> rows;

    @Override
    public RowData row(long number) {
        return rows().get((int) number);
    }

    @Override
    public long count() {
        return rows().size();
    }

    private List<RowData> rows() {
        List<RowData> made = rows;
        if (made == null) {
            made = make();
            rows = made;
        }
        return made;
    }

    private static List<RowData> make() {
        SkewedChanges changes = new SkewedChanges();
        PlainRows plain = new PlainRows(RowSize.SMALL);
        List<RowData> rows = new ArrayList<>(2 * SkewedChanges.COUNT);
        for (int i = 0; i < SkewedChanges.COUNT; i++) {
            switch (changes.kind(i)) {
                case INSERT -> rows.add(row(plain, changes.key(i), i, RowKind.INSERT));
                case UPDATE -> {
                    rows.add(row(plain, changes.key(i), i, RowKind.UPDATE_BEFORE));
                    rows.add(row(plain, changes.key(i), i + 1, RowKind.UPDATE_AFTER));
                }
                case DELETE -> rows.add(row(plain, changes.key(i), i, RowKind.DELETE));
            }
        }
        return rows;
    }

    private static RowData row(PlainRows plain, int key, long version, RowKind kind) {
        GenericRowData row = (GenericRowData) plain.row(key);
        row.setField(2, version);
        row.setRowKind(kind);
        return row;
    }
}
