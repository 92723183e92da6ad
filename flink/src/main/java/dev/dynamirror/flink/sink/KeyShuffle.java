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
        return isKeyed(rows.getTransformation()) ? rows : byKeyHash(plan, rows, writers);
    }

    /** The rows, shuffled by the hash of DynamoDB's key unless there is only one writer. */
    static DataStream<RowData> byKeyHash(MirrorPlan plan, DataStream<RowData> rows, int writers) {
        return writers == 1 ? rows : rows.partitionCustom(KeyShuffle::writer, new KeyShuffle(plan));
    }

    /** The writer of keys with that mixed hash. */
    static int writer(int hash, int writers) {
        return Math.floorMod(hash, writers);
    }

    /** The hash of a key, mixed. */
    static int mixed(int hash) {
        return hash ^ (hash >>> 16);
    }

    @Override
    public Integer getKey(RowData row) {
        RowEncoder<RowData> keys = encoder;
        if (keys == null) {
            keys = plan.itemEncoder();
            encoder = keys;
        }
        try {
            return mixed(keys.key(row).hashCode());
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
