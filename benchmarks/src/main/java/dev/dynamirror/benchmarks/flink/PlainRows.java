package dev.dynamirror.benchmarks.flink;

import dev.dynamirror.benchmarks.worker.BenchmarkRow;
import dev.dynamirror.benchmarks.worker.RowSize;
import java.util.IdentityHashMap;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.jspecify.annotations.Nullable;

/** The rows that all contenders write, as inserts without an end; texts are bytes already, as a real source gives them. */
final class PlainRows implements RowScript {

    private static final long serialVersionUID = 1L;

    private final RowSize size;
    private transient @Nullable IdentityHashMap<String, StringData> texts;

    PlainRows(RowSize size) {
        this.size = size;
    }

    @Override
    public RowData row(long number) {
        BenchmarkRow row = size.row(number);
        GenericRowData data = new GenericRowData(row.payload() == null ? 4 : 5);
        data.setField(0, row.id());
        data.setField(1, text(row.name()));
        data.setField(2, row.quantity());
        data.setField(3, row.price());
        if (row.payload() != null) {
            data.setField(4, text(row.payload()));
        }
        return data;
    }

    @Override
    public long count() {
        return Long.MAX_VALUE;
    }

    /** The texts are few, and the same objects again and again. */
    private StringData text(String text) {
        IdentityHashMap<String, StringData> known = texts;
        if (known == null) {
            known = new IdentityHashMap<>();
            texts = known;
        }
        return known.computeIfAbsent(
                text,
                unseen -> StringData.fromBytes(StringData.fromString(unseen).toBytes()));
    }
}
