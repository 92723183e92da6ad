package dev.dynamirror.flink;

import dev.dynamirror.testkit.oracle.Change;
import dev.dynamirror.testkit.oracle.Commit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Gives the changes of a scripted table, each commit as a whole; goes on behind the commit of the last checkpoint. */
@SuppressWarnings("deprecation") // a source of the new kind takes five classes
final class ScriptSource implements SourceFunction<Row>, CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    /** Those who are told, by name. */
    private static final Map<String, Watcher> WATCHERS = new ConcurrentHashMap<>();

    private final ScriptedTable table;
    private final String watcher;
    private final Map<Long, Integer> commits = new ConcurrentHashMap<>();
    private transient @Nullable ListState<Integer> state;

    /** The last commit that was given. */
    private int commit;

    private int completed;
    private boolean stopped;

    /** Is told how far the source is. */
    interface Watcher {

        /** The source begins behind that commit. */
        void started(int commit);

        /** A checkpoint with everything up to that commit is complete. */
        void completed(int commit);
    }

    private ScriptSource(ScriptedTable table, String watcher) {
        this.table = table;
        this.watcher = watcher;
    }

    /** From now on sources that name this watcher in this JVM tell it. */
    static void watch(String name, Watcher watcher) {
        WATCHERS.put(name, watcher);
    }

    /** The source, which has one subtask, and behind it as many as the job has, each with its keys: so many write. */
    static DataStream<Row> stream(StreamExecutionEnvironment environment, ScriptedTable table, String watcher) {
        return environment
                .addSource(new ScriptSource(table, watcher), ScriptedTable.TYPE)
                .uid("script")
                .keyBy(row -> row.getField(0) + "/" + row.getField(1))
                .map(row -> row, ScriptedTable.TYPE)
                .uid("spread");
    }

    @Override
    public void run(SourceContext<Row> output) throws Exception {
        int given = commit;
        for (Commit next : table.script()) {
            if (next.number() > given) {
                if (!awaitWindow(next.number())) {
                    return;
                }
                synchronized (output.getCheckpointLock()) {
                    for (Change change : next.changes()) {
                        table.rows(change).forEach(output::collect);
                    }
                    commit = next.number();
                }
            }
        }
    }

    /** Returns when the commit may be given; false if none is to be given any more. */
    private synchronized boolean awaitWindow(int next) throws InterruptedException {
        while (next - completed > table.window() && !stopped) {
            wait();
        }
        return !stopped;
    }

    @Override
    public synchronized void cancel() {
        stopped = true;
        notifyAll();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("commit", Types.INT));
        for (int restored : state.get()) {
            commit = restored;
        }
        completed = commit;
        watcher().started(commit);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (state != null) {
            state.update(List.of(commit));
        }
        commits.put(context.getCheckpointId(), commit);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Integer upTo = commits.remove(checkpointId);
        if (upTo == null) {
            return; // a checkpoint of the source before this one
        }
        watcher().completed(upTo);
        synchronized (this) {
            completed = Math.max(completed, upTo);
            notifyAll();
        }
    }

    private Watcher watcher() {
        return Objects.requireNonNull(WATCHERS.get(watcher));
    }
}
