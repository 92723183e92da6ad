package dev.dynamirror.flink;

import dev.dynamirror.testkit.oracle.Change;
import dev.dynamirror.testkit.oracle.Commit;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * A script's changes as a Flink source, made while the job runs, with a note of the commits that checkpoints covered. No
 * checkpoint comes within a commit.
 */
final class ScriptFeed {

    static final String PARTITION_KEY = "p";
    static final String SORT_KEY = "s";
    static final String VALUE = "v";

    private static final TypeInformation<Row> TYPE = Types.ROW_NAMED(
            new String[] {PARTITION_KEY, SORT_KEY, VALUE, "payload"},
            Types.STRING,
            Types.LONG,
            Types.LONG,
            Types.STRING);

    private static final String PAYLOAD = "x".repeat(1000);

    private static final Map<String, ScriptFeed> FEEDS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /**
     * A complete checkpoint.
     *
     * @param writes how many writes the server had applied at the latest when it was complete
     * @param commit the last commit that it covers
     */
    record Acknowledged(long writes, int commit) {}

    private final String id = "script-" + COUNT.getAndIncrement();
    private final LiveTableScript script;
    private final RowForm form;
    private final LongSupplier writes;
    private final ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    /**
     * Creates a feed.
     *
     * @param writes how many writes the server has applied by now
     */
    ScriptFeed(LiveTableScript script, RowForm form, LongSupplier writes) {
        this.script = script;
        this.form = form;
        this.writes = writes;
    }

    /** The live table. */
    @SuppressWarnings("deprecation") // a source of the new kind takes five classes
    Table table(StreamExecutionEnvironment environment, Live live) {
        FEEDS.put(id, this);
        DataStream<Row> rows = environment.addSource(new Source(id), TYPE);
        Schema.Builder schema = Schema.newBuilder()
                .column(PARTITION_KEY, "STRING NOT NULL")
                .column(SORT_KEY, "BIGINT NOT NULL")
                .column(VALUE, "BIGINT NOT NULL")
                .column("payload", "STRING NOT NULL");
        if (form.isKeyed()) {
            schema.primaryKey(PARTITION_KEY, SORT_KEY);
        }
        return live.tableEnvironment().fromChangelogStream(rows, schema.build(), form.mode());
    }

    /** The checkpoints that were complete, in their order; asked when the job is over. */
    List<Acknowledged> acknowledged() {
        FEEDS.remove(id);
        return List.copyOf(acknowledged);
    }

    private static Row row(RowKind kind, dev.dynamirror.testkit.oracle.Row row) {
        return Row.ofKind(
                kind, row.key().partition(), row.key().sort(), row.value(), PAYLOAD.substring(0, row.payload()));
    }

    @SuppressWarnings("deprecation") // a source of the new kind takes five classes
    private static final class Source implements SourceFunction<Row>, CheckpointedFunction, CheckpointListener {

        private static final long serialVersionUID = 1L;

        private final String id;
        private final Map<Long, Integer> covered = new ConcurrentHashMap<>();
        private int commits;
        private volatile boolean stopped;

        Source(String id) {
            this.id = id;
        }

        @Override
        public void run(SourceContext<Row> output) {
            ScriptFeed feed = feed();
            for (Commit commit : feed.script) {
                if (stopped) {
                    return;
                }
                synchronized (output.getCheckpointLock()) {
                    for (Change change : commit.changes()) {
                        feed.form.tell(change, (kind, row) -> output.collect(row(kind, row)));
                    }
                    commits = commit.number();
                }
            }
        }

        @Override
        public void cancel() {
            stopped = true;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            covered.put(context.getCheckpointId(), commits);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            ScriptFeed feed = feed();
            int commit = Objects.requireNonNull(covered.get(checkpointId));
            feed.acknowledged.add(new Acknowledged(feed.writes.getAsLong(), commit));
        }

        private ScriptFeed feed() {
            return Objects.requireNonNull(FEEDS.get(id));
        }
    }
}
