package dev.dynamirror.flink.sink;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/** Mirrors of streams whose rows need only be written in their order, and which no plan of Flink's has to arrange. */
public final class OrderedMirror {

    private OrderedMirror() {}

    /**
     * Adds a mirror behind a stream.
     *
     * @param rows changes that are upserts and deletes, each with its key, and those of one key in their order
     * @throws dev.dynamirror.error.MirrorException if the table is to be reconciled, and the rows have no end
     */
    public static Transformation<?> add(MirrorPlan plan, DataStream<RowData> rows) {
        String name = plan.settings().name();
        MirrorTopology.Uids uids = new MirrorTopology.Uids("dynamirror-prepare-" + name, "dynamirror-writer-" + name);
        return MirrorTopology.add(plan, rows, null, uids, 0).getTransformation();
    }
}
