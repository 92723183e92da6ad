package dev.dynamirror.flink.source;

import dev.dynamirror.mirror.ReadRow;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/** One task's reader: takes one split after another, each to its end. */
@SuppressWarnings("try") // Flink's own close may be interrupted
final class TableSourceReader
        extends SingleThreadMultiplexSourceReaderBase<ReadRow, RowData, TableSplit, SplitProgress> {

    TableSourceReader(ReadPlan plan, SourceReaderContext context) {
        super(() -> new PageReader(plan), new RowEmitter(plan), context.getConfiguration(), context);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, SplitProgress> finished) {
        context.sendSplitRequest();
    }

    @Override
    protected SplitProgress initializedState(TableSplit split) {
        return new SplitProgress(split);
    }

    @Override
    protected TableSplit toSplitType(String splitId, SplitProgress progress) {
        return progress.toSplit();
    }
}
