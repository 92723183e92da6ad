package dev.dynamirror.flink.source;

import dev.dynamirror.read.ItemSelection;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.InstantiationUtil;

/** The rows of a table as they are now: a parallel Scan, or the Query of one partition key. */
final class DynamoDbSource implements Source<RowData, TableSplit, List<TableSplit>> {

    private static final long serialVersionUID = 1L;

    private final ReadPlan plan;

    DynamoDbSource(ReadPlan plan) {
        this.plan = plan;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<TableSplit, List<TableSplit>> createEnumerator(SplitEnumeratorContext<TableSplit> context) {
        return new TableSplitEnumerator(context, splits(context.currentParallelism()));
    }

    @Override
    public SplitEnumerator<TableSplit, List<TableSplit>> restoreEnumerator(
            SplitEnumeratorContext<TableSplit> context, List<TableSplit> left) {
        return new TableSplitEnumerator(context, left);
    }

    @Override
    public SourceReader<RowData, TableSplit> createReader(SourceReaderContext context) {
        return new TableSourceReader(plan, context);
    }

    @Override
    public SimpleVersionedSerializer<TableSplit> getSplitSerializer() {
        return new TableSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<TableSplit>> getEnumeratorCheckpointSerializer() {
        return new SplitsSerializer();
    }

    /** A segment for each reader, or the one partition. */
    private List<TableSplit> splits(int readers) {
        if (plan.selection() != null) {
            return List.of(new TableSplit("partition", plan.selection(), null));
        }
        return IntStream.range(0, readers)
                .mapToObj(i -> new TableSplit("segment " + i, ItemSelection.segment(i, readers), null))
                .toList();
    }

    /** How the splits that nobody reads yet are kept in checkpoints. */
    private static final class SplitsSerializer implements SimpleVersionedSerializer<List<TableSplit>> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(List<TableSplit> splits) throws IOException {
            return InstantiationUtil.serializeObject(splits.toArray(TableSplit[]::new));
        }

        @Override
        public List<TableSplit> deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("the parts of a table are kept in version " + version
                        + ", and this program knows version " + VERSION + " only");
            }
            try {
                TableSplit[] splits = InstantiationUtil.deserializeObject(bytes, TableSplit.class.getClassLoader());
                return List.of(splits);
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }
    }
}
