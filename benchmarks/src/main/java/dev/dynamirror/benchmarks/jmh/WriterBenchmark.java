package dev.dynamirror.benchmarks.jmh;

import dev.dynamirror.benchmarks.worker.BenchmarkColumns;
import dev.dynamirror.benchmarks.worker.BenchmarkRow;
import dev.dynamirror.benchmarks.worker.PlainLoop;
import dev.dynamirror.benchmarks.worker.RowSize;
import dev.dynamirror.benchmarks.worker.Target;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.write.BatchReply;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import dev.dynamirror.write.WriterSettings;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A change goes through the writer: it waits, is merged, taken into a batch, and settled, over a transport that answers at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WriterBenchmark {

    private static final int CHANGES = 1 << 16;

    /** How many keys the changes are of, one after the other: with few of them most changes are merged. */
    @Param({"65536", "16"})
    public int keys = CHANGES;

    private final Change[] changes = new Change[CHANGES];
    private final PlainLoop loop = new PlainLoop();
    private final MirrorWriter writer = new MirrorWriter(
            Target.TABLE,
            new Instant(),
            loop,
            new SplittableRandom(1),
            WriterSettings.DEFAULT,
            WriterListener.failing(Target.TABLE));
    private int next;

    /** Encodes the changes. */
    public WriterBenchmark() {
        RowEncoder<BenchmarkRow> encoder = BenchmarkColumns.encoder(RowSize.SMALL);
        for (int i = 0; i < CHANGES; i++) {
            changes[i] = encoder.put(RowSize.SMALL.row(i));
        }
    }

    /** One change. */
    @Benchmark
    public void apply() throws InterruptedException {
        writer.apply(changes[next % keys]);
        next = (next + 1) % CHANGES;
        loop.runTasks();
    }

    /** Has written everything at once. */
    private static final class Instant implements BatchTransport {

        private static final BatchReply ALL = new BatchReply.Answered(Set.of(), Double.NaN);

        @Override
        public CompletableFuture<BatchReply> send(List<Change> changes) {
            return CompletableFuture.completedFuture(ALL);
        }

        @Override
        public void close() {}
    }
}
