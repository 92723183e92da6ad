package dev.dynamirror.flink.sink;

import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.RowEncoder;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Sends all rows of one key to one writer. */
final class KeyShuffle implements KeySelector<RowData, Integer> {

    private static final long serialVersionUID = 1L;

    private final MirrorPlan plan;
    private transient @Nullable RowEncoder<RowData> encoder;

    private KeyShuffle(MirrorPlan plan) {
        this.plan = plan;
    }

    /**
     * The rows, shuffled by key unless there is only one writer, or the planner has done it.
     *
     * @param writers how many writers there will be
     */
    static DataStream<RowData> apply(MirrorPlan plan, DataStream<RowData> rows, int writers) {
        if (writers == 1 || isKeyed(rows.getTransformation())) {
            return rows;
        }
        return rows.partitionCustom((hash, count) -> Math.floorMod(hash, count), new KeyShuffle(plan));
    }

    @Override
    public Integer getKey(RowData row) {
        RowEncoder<RowData> keys = encoder;
        if (keys == null) {
            keys = plan.keyEncoder();
            encoder = keys;
        }
        try {
            int hash = keys.key(row).hashCode();
            return hash ^ (hash >>> 16);
        } catch (BadRowException e) {
            // Any writer will do: it finds the same and reports it.
            return 0;
        }
    }

    /** Whether the planner has shuffled by the sink's primary key, or has an operator in front that is keyed by it. */
    private static boolean isKeyed(Transformation<?> input) {
        if (input instanceof PartitionTransformation<?> partition) {
            return partition.getPartitioner() instanceof KeyGroupStreamPartitioner<?, ?>;
        }
        return input instanceof OneInputTransformation<?, ?> operator && operator.getStateKeySelector() != null;
    }
}
