package dev.dynamirror.flink.source;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.flink.type.FlinkValues;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.mirror.ReadRow;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/** Gives rows to Flink, as its runtime has them. */
final class RowEmitter implements RecordEmitter<ReadRow, RowData, SplitProgress> {

    private final ReadPlan plan;
    private final List<FlinkValues.Writer> writers;

    RowEmitter(ReadPlan plan) {
        this.plan = plan;
        this.writers = plan.writers();
    }

    @Override
    public void emitRecord(ReadRow row, SourceOutput<RowData> output, SplitProgress progress) {
        output.collect(converted(row));
        progress.gave(row);
    }

    private RowData converted(ReadRow row) {
        GenericRowData converted = new GenericRowData(writers.size());
        for (int i = 0; i < writers.size(); i++) {
            Object value = row.values().get(i);
            try {
                converted.setField(i, value == null ? null : writers.get(i).apply(value));
            } catch (IllegalValueException e) {
                throw Unrecoverable.of(new MirrorException(
                        "table " + plan.settings().tableName() + ": attribute \""
                                + plan.schema().columns().get(i).name() + "\" of the item "
                                + row.position().key() + ": " + e.getMessage(),
                        e));
            }
        }
        return converted;
    }
}
