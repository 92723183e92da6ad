package dev.dynamirror.benchmarks.jmh;

import dev.dynamirror.benchmarks.worker.BenchmarkColumns;
import dev.dynamirror.benchmarks.worker.BenchmarkRow;
import dev.dynamirror.benchmarks.worker.RowSize;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A row becomes a change. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncoderBenchmark {

    /** The rows' size. */
    @Param({"SMALL", "LARGE"})
    public RowSize rows = RowSize.SMALL;

    private RowEncoder<BenchmarkRow> encoder = BenchmarkColumns.encoder(RowSize.SMALL);
    private long next;

    /** Makes the encoder of these rows. */
    @Setup
    public void makeEncoder() {
        encoder = BenchmarkColumns.encoder(rows);
    }

    /** Making the row is in it, which is next to nothing. */
    @Benchmark
    public Change put() {
        return encoder.put(rows.row(next++));
    }

    /** Only the key is encoded. */
    @Benchmark
    public Change delete() {
        return encoder.delete(rows.row(next++));
    }
}
