package dev.dynamirror.benchmarks.jmh;

import dev.dynamirror.item.ItemDecoder;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item becomes a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {

    private final ItemDecoder decoder = new ItemDecoder(
            "bench",
            List.of("id"),
            Schema.parse("id int, name str, quantity int, price float"),
            UnstorableNumbers.BAD_ROW);
    private final Map<String, AttributeValue> item = Map.of(
            "id", AttributeValue.fromN("12345678"),
            "name", AttributeValue.fromS("customer00007919"),
            "quantity", AttributeValue.fromN("123"),
            "price", AttributeValue.fromN("12.5"));

    /** Four values of three types. */
    @Benchmark
    public List<@Nullable Object> values() {
        return decoder.values(item);
    }
}
