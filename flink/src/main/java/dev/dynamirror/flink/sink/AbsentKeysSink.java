package dev.dynamirror.flink.sink;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;

/**
 * The sink of a mirror's rows that have no key, each of which is a bad one.
 *
 * @param plan the mirror that the rows are of
 * @param identifier the table in the catalog
 */
record AbsentKeysSink(MirrorPlan plan, String identifier) implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return requested;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
                DataStreamSink<RowData> sink = rows.sinkTo(new DynamoDbSink(plan))
                        .name("mirror " + plan.settings().name() + ": rows without key")
                        .uid(provider.generateUid("absent-keys").orElse("dynamirror-absent-keys-" + identifier));
                if (rows.getParallelism() > 0) {
                    sink.setParallelism(rows.getParallelism());
                }
                return sink;
            }
        };
    }

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "rows without key of the dynamirror of " + plan.settings().tableName();
    }
}
