package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.flink.type.FlinkRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** A source of the rows of files, which it looks at each second; the first look fails at what can't be read. */
@SuppressWarnings("deprecation") // one task that looks at files needs no splits to be told of
final class FileFollower extends RichSourceFunction<Row> implements CheckpointedFunction, ResultTypeQueryable<Row> {

    private static final long serialVersionUID = 1L;
    private static final Duration LOOK_EACH = Duration.ofSeconds(1);

    /** Files whose first look was taken when the job was declared, in this JVM. */
    private static final Map<String, FollowedFiles> LOOKED_AT = new ConcurrentHashMap<>();

    private final InputFiles inputs;
    private final RowReading reading;
    private final int[] key;
    private final @Nullable String lookedAt;

    private transient volatile boolean running;

    private FileFollower(InputFiles inputs, RowReading reading, int[] key, @Nullable String lookedAt) {
        this.inputs = inputs;
        this.reading = reading;
        this.key = key.clone();
        this.lookedAt = lookedAt;
    }

    /** Follows files from their first look on, which it takes; takes the positions of the key's columns. */
    static FileFollower of(InputFiles inputs, RowReading reading, int[] key) {
        return new FileFollower(inputs, reading, key, null);
    }

    /** Follows files whose first look was taken before, in the same JVM; only what comes after that comes out of it. */
    static FileFollower after(FollowedFiles firstLook, InputFiles inputs, RowReading reading, int[] key) {
        String id = UUID.randomUUID().toString();
        LOOKED_AT.put(id, firstLook);
        return new FileFollower(inputs, reading, key, id);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        if (context.isRestored()) {
            throw Unrecoverable.of(
                    new MirrorException("the rows of followed files are held in memory, so that the job can't"
                            + " go on from a checkpoint; start it anew, with the init mode reconcile"));
        }
        running = true;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void run(SourceContext<Row> context) throws InterruptedException {
        FollowedFiles files = lookedAt == null ? new FollowedFiles(inputs, reading, key) : LOOKED_AT.remove(lookedAt);
        if (files == null) {
            throw Unrecoverable.of(
                    new MirrorException("the first look at followed files is gone, as the job has begun before, or"
                            + " in another process; start it anew, in this one"));
        }
        if (lookedAt == null) {
            emit(files.firstLook(), context);
        }
        while (running) {
            Thread.sleep(LOOK_EACH.toMillis());
            emit(files.look(), context);
        }
    }

    private static void emit(List<Row> changes, SourceContext<Row> context) {
        synchronized (context.getCheckpointLock()) {
            changes.forEach(context::collect);
        }
    }

    @Override
    public void cancel() {
        running = false;
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return FlinkRows.type(reading.schema());
    }
}
