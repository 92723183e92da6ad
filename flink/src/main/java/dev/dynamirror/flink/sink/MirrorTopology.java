package dev.dynamirror.flink.sink;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.data.RowData;

/** What a mirror adds to a job: rows -> shuffle by key -> gate that waits for the table -> writer. */
final class MirrorTopology {

    private MirrorTopology() {}

    /**
     * Adds a mirror behind the rows.
     *
     * @param uids the stable ids of the gate and of the writer, by which state is found again
     * @param parallelism how many writers there are; 0 for as many as the rows' own operator has
     */
    static DataStreamSink<RowData> add(MirrorPlan plan, DataStream<RowData> rows, Uids uids, int parallelism) {
        // An operator without a parallelism of its own (-1) has the environment's.
        int own = parallelism > 0 ? parallelism : rows.getParallelism();
        int writers = own > 0 ? own : rows.getExecutionEnvironment().getParallelism();
        String name = plan.settings().name();

        SingleOutputStreamOperator<RowData> gate = KeyShuffle.apply(plan, rows, writers)
                .transform("mirror " + name + ": prepare", rows.getType(), new PreparationGateFactory(plan))
                .uid(uids.gate());
        DataStreamSink<RowData> sink =
                gate.sinkTo(new DynamoDbSink(plan)).name("mirror " + name).uid(uids.writer());
        if (own > 0) {
            gate.setParallelism(own);
            sink.setParallelism(own);
        }
        return sink;
    }

    /**
     * The stable ids of a mirror's operators.
     *
     * @param gate the id of the operator that waits for the table
     * @param writer the id of the sink
     */
    record Uids(String gate, String writer) {}
}
