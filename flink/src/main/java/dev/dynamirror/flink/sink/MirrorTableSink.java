package dev.dynamirror.flink.sink;

import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * A mirror as the planner sees it: takes upserts and deletes by primary key.
 *
 * @param plan the mirror
 * @param identifier the table in the catalog, of which a job has no other sink of that mirror's name
 * @param parallelism how many writers there are; 0 for as many as the planner gives
 * @param snapshot all rows that there are, which those of the sink follow; null if those of the sink are all
 */
record MirrorTableSink(
        MirrorPlan plan,
        String identifier,
        int parallelism,
        @Nullable DataStream<RowData> snapshot) implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        // Always upserts, also for insert-only input: only then does the planner look after rows that share a key.
        // A delete needs no more than the key, unless a column is the version of what goes.
        return ChangelogMode.upsert(plan.settings().write().order().versionColumn() == null);
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
                // Several tables may have one mirror's name: by default that of their table in DynamoDB.
                String mirror = identifier + "-" + plan.settings().name();
                MirrorTopology.Uids uids = new MirrorTopology.Uids(
                        provider.generateUid("prepare").orElse("dynamirror-prepare-" + mirror),
                        provider.generateUid("writer").orElse("dynamirror-writer-" + mirror));
                return MirrorTopology.add(plan, rows, snapshot, uids, parallelism);
            }

            @Override
            public Optional<Integer> getParallelism() {
                return parallelism == 0 ? Optional.empty() : Optional.of(parallelism);
            }
        };
    }

    @Override
    public DynamicTableSink copy() {
        return new MirrorTableSink(plan, identifier, parallelism, snapshot);
    }

    @Override
    public String asSummaryString() {
        return "dynamirror of " + plan.settings().tableName();
    }
}
