package dev.dynamirror.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source that a test feeds while the job runs.
 *
 * <p>A job that begins again from a checkpoint goes on with the row behind it; without one it is given all rows again.
 */
public final class Feed {

    private static final Map<String, Feed> FEEDS = new ConcurrentHashMap<>();

    private final String id = "feed-" + FEEDS.size();
    private final List<Row> rows = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private boolean ended;
    private int runs;

    /** What is looked at when a checkpoint with so many rows is complete. */
    private record Probe(int rows, Supplier<List<String>> look, CompletableFuture<List<String>> seen) {}

    private Feed() {}

    /** A feed of these rows, which doesn't end. */
    public static Feed of(Row... rows) {
        Feed feed = new Feed();
        FEEDS.put(feed.id, feed);
        feed.add(rows);
        return feed;
    }

    /** Gives more rows. */
    public synchronized void add(Row... more) {
        rows.addAll(List.of(more));
        notifyAll();
    }

    /** Lets the source end behind the last row. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** What there is to see as soon as a checkpoint behind all rows so far is complete. */
    public synchronized CompletableFuture<List<String>> atCheckpoint(Supplier<List<String>> look) {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        probes.add(new Probe(rows.size(), look, seen));
        return seen;
    }

    /** The source, with one subtask. */
    @SuppressWarnings("deprecation") // a source of the new kind takes five classes
    public DataStream<Row> stream(StreamExecutionEnvironment environment, TypeInformation<Row> type) {
        return environment.addSource(new Source(id), type).uid(id);
    }

    /** How often the source has begun. */
    public synchronized int runs() {
        return runs;
    }

    private synchronized void begun() {
        runs++;
        notifyAll();
    }

    /** The row at that position; null when there is none any more. */
    private synchronized @Nullable Row await(int position, BooleanSupplier stopped) throws InterruptedException {
        while (position >= rows.size() && !ended && !stopped.getAsBoolean()) {
            wait();
        }
        return position < rows.size() && !stopped.getAsBoolean() ? rows.get(position) : null;
    }

    private synchronized void wake() {
        notifyAll();
    }

    private synchronized void checkpointed(int position) {
        probes.removeIf(probe -> {
            boolean due = probe.rows <= position;
            if (due) {
                probe.seen.completeAsync(probe.look);
            }
            return due;
        });
    }

    @SuppressWarnings("deprecation") // a source of the new kind takes five classes
    private static final class Source implements SourceFunction<Row>, CheckpointedFunction, CheckpointListener {

        private static final long serialVersionUID = 1L;

        private final String id;
        private final Map<Long, Integer> positions = new ConcurrentHashMap<>();
        private transient @Nullable ListState<Integer> state;
        private int position;
        private volatile boolean stopped;

        Source(String id) {
            this.id = id;
        }

        @Override
        public void run(SourceContext<Row> output) throws Exception {
            feed().begun();
            Row row = feed().await(position, () -> stopped);
            while (row != null) {
                synchronized (output.getCheckpointLock()) {
                    output.collect(row);
                    position++;
                }
                row = feed().await(position, () -> stopped);
            }
        }

        @Override
        public void cancel() {
            stopped = true;
            feed().wake();
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("position", Types.INT));
            for (int restored : state.get()) {
                position = restored;
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            if (state != null) {
                state.update(List.of(position));
            }
            positions.put(context.getCheckpointId(), position);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            feed().checkpointed(positions.getOrDefault(checkpointId, 0));
        }

        private Feed feed() {
            return Objects.requireNonNull(FEEDS.get(id));
        }
    }
}
