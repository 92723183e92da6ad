package dev.dynamirror.flink.source;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.mirror.ReadRow;
import dev.dynamirror.mirror.RowPage;
import dev.dynamirror.mirror.RowPages;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/** Reads a task's splits page by page, in a thread of its own; connects when there is something to read. */
final class PageReader implements SplitReader<ReadRow, TableSplit> {

    private final ReadPlan plan;
    private final Deque<TableSplit> splits = new ArrayDeque<>();
    private @Nullable RowPages pages;

    /** How many rows of the current split are still wanted. */
    private int wanted;

    PageReader(ReadPlan plan) {
        this.plan = plan;
        this.wanted = plan.limit();
    }

    @Override
    public RecordsWithSplitIds<ReadRow> fetch() {
        RecordsBySplits.Builder<ReadRow> records = new RecordsBySplits.Builder<>();
        TableSplit split = splits.poll();
        if (split == null) {
            return records.build();
        }
        try {
            RowPage page = pages().page(split.selection(), split.after(), wanted);
            records.addAll(split.splitId(), page.rows());
            if (wanted != Integer.MAX_VALUE) {
                wanted -= page.rows().size();
            }
            if (page.next() == null || wanted <= 0) {
                records.addFinishedSplit(split.splitId());
                wanted = plan.limit();
            } else {
                splits.addFirst(split.from(page.next()));
            }
            return records.build();
        } catch (MirrorException e) {
            // What may pass is for the restart strategy: reading goes on where the last checkpoint was.
            throw SdkErrors.mayPass(e) ? e : Unrecoverable.of(e);
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<TableSplit> change) {
        if (!(change instanceof SplitsAddition<TableSplit>)) {
            throw new UnsupportedOperationException("splits are only added, not " + change);
        }
        splits.addAll(change.splits());
    }

    /** A page is waited for; nothing is to be woken. */
    @Override
    public void wakeUp() {}

    @Override
    public void close() {
        if (pages != null) {
            pages.close();
        }
    }

    private RowPages pages() {
        if (pages == null) {
            pages = RowPages.open(plan.settings(), plan.key());
        }
        return pages;
    }
}
