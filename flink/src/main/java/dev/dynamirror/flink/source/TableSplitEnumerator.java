package dev.dynamirror.flink.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each reader that asks for one the next split, until there are no more. */
final class TableSplitEnumerator implements SplitEnumerator<TableSplit, List<TableSplit>> {

    private final SplitEnumeratorContext<TableSplit> context;
    private final Deque<TableSplit> left;

    TableSplitEnumerator(SplitEnumeratorContext<TableSplit> context, List<TableSplit> splits) {
        this.context = context;
        this.left = new ArrayDeque<>(splits);
    }

    @Override
    public void start() {
        // Readers ask.
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        TableSplit next = left.poll();
        if (next == null) {
            context.signalNoMoreSplits(reader);
        } else {
            context.assignSplit(next, reader);
        }
    }

    @Override
    public void addSplitsBack(List<TableSplit> splits, int reader) {
        left.addAll(splits);
    }

    @Override
    public void addReader(int reader) {
        // It will ask.
    }

    @Override
    public List<TableSplit> snapshotState(long checkpoint) {
        return List.copyOf(left);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
