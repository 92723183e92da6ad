package dev.dynamirror.flink.sink;

import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.Verification;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** The rows without a key of a live table that is compared, and would set them aside: they are counted. */
record UnverifiedSink() implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return requested;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
                return rows.filter(new Counter()).sinkTo(new DiscardingSink<>());
            }
        };
    }

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "rows without key that are not compared";
    }

    /** Counts the rows that come, and lets none pass. */
    private static final class Counter extends RichFilterFunction<RowData> {

        private static final long serialVersionUID = 1L;

        private long rows;

        @Override
        public void open(OpenContext context) {
            rows = 0;
        }

        @Override
        public boolean filter(RowData row) {
            if (row.getRowKind() == RowKind.INSERT || row.getRowKind() == RowKind.UPDATE_AFTER) {
                rows++;
            }
            return false;
        }

        @Override
        public void close() {
            if (rows > 0) {
                VerificationAccumulator.add(
                        getRuntimeContext(), new Verification(DifferenceTotals.NONE, List.of(), rows));
            }
        }
    }
}
