package dev.dynamirror.flink.sink;

import dev.dynamirror.read.ReadConsistency;
import dev.dynamirror.table.InitMode;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.transformations.MultipleInputTransformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror adds to a job: rows -> shuffle by key -> gate that waits for the table -> writer.
 *
 * <p>If the table is reconciled: rows and the items of the table -> shuffle by key -> reconciler -> gate -> writer.
 */
final class MirrorTopology {

    /** So many for each task that reads: segments are not all of one size. */
    private static final int SEGMENTS_OF_A_READER = 4;

    /** What a comparison wants of the managed memory, beside other operators of its slot, in MB. */
    private static final int SORTER_MEGABYTES = 64;

    private final MirrorPlan plan;
    private final DataStream<RowData> rows;

    /** All rows that there are before those that come one by one; null if there are no such. */
    private final @Nullable DataStream<RowData> snapshot;

    private final Uids uids;

    /** How many writers there are; 0 for as many as the rows' own operator has. */
    private final int own;

    /** How many writers there will be. */
    private final int writers;

    private MirrorTopology(
            MirrorPlan plan,
            DataStream<RowData> rows,
            @Nullable DataStream<RowData> snapshot,
            Uids uids,
            int parallelism) {
        this.plan = plan;
        this.rows = rows;
        this.snapshot = snapshot;
        this.uids = uids;
        // An operator without a parallelism of its own (-1) has the environment's.
        this.own = parallelism > 0 ? parallelism : rows.getParallelism();
        this.writers = own > 0 ? own : rows.getExecutionEnvironment().getParallelism();
    }

    /**
     * Adds a mirror behind the rows.
     *
     * @param snapshot if the table is to be reconciled, all rows that there are, which the others follow; null if the others
     *     are all
     * @param uids the stable ids of the gate and of the writer, by which state is found again
     * @param parallelism how many writers there are; 0 for as many as the rows' own operator has
     * @throws dev.dynamirror.error.MirrorException if the table is to be reconciled, and the rows have no end
     */
    static DataStreamSink<?> add(
            MirrorPlan plan,
            DataStream<RowData> rows,
            @Nullable DataStream<RowData> snapshot,
            Uids uids,
            int parallelism) {
        MirrorTopology topology = new MirrorTopology(plan, rows, snapshot, uids, parallelism);
        return plan.settings().initMode() == InitMode.RECONCILE ? topology.reconcile() : topology.write();
    }

    /**
     * Adds a comparison of the rows with their table, whose job's result has what was found.
     *
     * @param output the file of all differences; null if nobody wants them all
     * @throws dev.dynamirror.error.MirrorException if the rows have no end
     */
    static DataStreamSink<?> addVerification(MirrorPlan plan, DataStream<RowData> rows, @Nullable String output) {
        String name = "dynamirror-verify-" + plan.settings().name();
        MirrorTopology topology = new MirrorTopology(plan, rows, null, new Uids(name, name), 0);
        DataStream<String> differences = topology.compare(
                "verify",
                Types.STRING,
                parameters -> new Verifier(parameters, plan),
                new ExistingTable(plan),
                ReadConsistency.STRONG);
        Sink<String> sink = output == null ? new DiscardingSink<>() : new LinesSink(output);
        return differences.sinkTo(sink).name(topology.name("differences")).setParallelism(1);
    }

    private DataStreamSink<?> write() {
        SingleOutputStreamOperator<RowData> gate = gate(UncopiedRows.of(KeyShuffle.apply(plan, rows, writers), own));
        return sink(gate, new DynamoDbSink(plan));
    }

    private DataStreamSink<?> reconcile() {
        DataStream<Either<RowData, byte[]>> changes = compare(
                "reconcile",
                new EitherTypeInfo<>(rows.getType(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
                reconciler(plan, uids.gate(), snapshot != null),
                new PreparedTable(uids.gate()),
                ReadConsistency.EVENTUAL);
        // In a task of its own, as the reconciler takes rows while the gate is closed.
        return sink(gate(changes).startNewChain(), new ReconcilingSink(plan));
    }

    private <T> SingleOutputStreamOperator<T> compare(
            String what,
            TypeInformation<T> type,
            ComparingOperatorFactory.Maker<T> maker,
            TableOfItems table,
            ReadConsistency consistency) {
        DataStream<RowData> complete = snapshot == null ? rows : snapshot;
        CompleteRows.check(plan, complete);
        int segments = SEGMENTS_OF_A_READER * writers;
        SingleOutputStreamOperator<Tuple4<Integer, byte[], byte[], Integer>> items = rows.getExecutionEnvironment()
                .fromSequence(0, segments - 1L)
                .name(name("segments"))
                .uid(uids.writer() + "-segments")
                .setParallelism(writers)
                .transform(
                        name("read"),
                        TableScanOperator.ITEMS,
                        new TableScanOperator(plan, table, consistency, segments))
                .uid(uids.writer() + "-read")
                .setParallelism(writers);
        MultipleInputTransformation<T> compared =
                new MultipleInputTransformation<>(name(what), new ComparingOperatorFactory<>(maker), type, writers);
        compared.addInput(KeyShuffle.byKeyHash(plan, complete, writers).getTransformation());
        compared.addInput((writers == 1 ? items : items.partitionCustom(KeyShuffle::writer, item -> item.f0))
                .getTransformation());
        if (snapshot != null) {
            compared.addInput(KeyShuffle.byKeyHash(plan, rows, writers).getTransformation());
        }
        compared.setUid(uids.writer() + "-compare");
        compared.declareManagedMemoryUseCaseAtOperatorScope(ManagedMemoryUseCase.OPERATOR, SORTER_MEGABYTES);
        return new MultipleConnectedStreams(rows.getExecutionEnvironment()).transform(compared);
    }

    /** Static, as what is made here travels, and the topology doesn't. */
    private static ComparingOperatorFactory.Maker<Either<RowData, byte[]>> reconciler(
            MirrorPlan plan, String gate, boolean hasChanges) {
        return parameters -> new Reconciler(parameters, plan, gate, hasChanges);
    }

    private <T> SingleOutputStreamOperator<T> gate(DataStream<T> input) {
        SingleOutputStreamOperator<T> gate = input.transform(
                        name("prepare"), input.getType(), new PreparationGateFactory<T>(plan))
                .uid(uids.gate());
        if (own > 0) {
            gate.setParallelism(own);
        }
        return gate;
    }

    private <T> DataStreamSink<T> sink(DataStream<T> input, Sink<T> writer) {
        DataStreamSink<T> sink =
                input.sinkTo(writer).name("mirror " + plan.settings().name()).uid(uids.writer());
        if (own > 0) {
            sink.setParallelism(own);
        }
        return sink;
    }

    private String name(String part) {
        return "mirror " + plan.settings().name() + ": " + part;
    }

    /**
     * The stable ids of a mirror's operators.
     *
     * @param gate the id of the operator that waits for the table
     * @param writer the id of the sink
     */
    record Uids(String gate, String writer) {}
}
