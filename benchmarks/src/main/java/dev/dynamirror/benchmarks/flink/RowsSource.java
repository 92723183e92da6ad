package dev.dynamirror.benchmarks.flink;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Gives a script's rows as fast as they are taken, as far as the {@link RowGate} lets it. Has one reader and no splits. */
final class RowsSource implements Source<RowData, RowsSource.NoSplit, Boolean> {

    private static final long serialVersionUID = 1L;

    private final RowScript script;

    /** There are none: the one reader reads everything. */
    record NoSplit() implements SourceSplit {
        @Override
        public String splitId() {
            return "";
        }
    }

    RowsSource(RowScript script) {
        this.script = script;
    }

    @Override
    public Boundedness getBoundedness() {
        return script.count() == Long.MAX_VALUE ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, NoSplit> createReader(SourceReaderContext context) {
        return new Reader(script);
    }

    @Override
    public SplitEnumerator<NoSplit, Boolean> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<NoSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, Boolean checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new Nothing<>(new NoSplit());
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new Nothing<>(Boolean.TRUE);
    }

    /** Gives the rows. */
    private static final class Reader implements SourceReader<RowData, NoSplit> {

        private final RowScript script;
        private final RowGate gate = RowGate.OF_THIS_JVM;
        private long next;

        Reader(RowScript script) {
            this.script = script;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RowData> output) {
            if (next >= script.count()) {
                return InputStatus.END_OF_INPUT;
            }
            if (next >= gate.granted()) {
                gate.noteRead(next);
                return InputStatus.NOTHING_AVAILABLE;
            }
            output.collect(script.row(next++));
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return gate.moreThan(next);
        }

        @Override
        public List<NoSplit> snapshotState(long checkpointId) {
            return Collections.emptyList();
        }

        @Override
        public void addSplits(List<NoSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    /** Has nothing to hand out. */
    private static final class Enumerator implements SplitEnumerator<NoSplit, Boolean> {

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Boolean snapshotState(long checkpointId) {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Writes nothing down, as there is only one value. */
    private record Nothing<T>(T value) implements SimpleVersionedSerializer<T> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T object) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return value;
        }
    }
}
