package dev.dynamirror.flink.sink;

import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;

/**
 * A mirror as the planner sees it: takes upserts and deletes by primary key.
 *
 * @param plan the mirror
 * @param identifier the table in the catalog, of which a job has no other sink of that mirror's name
 * @param parallelism how many writers there are; 0 for as many as the planner gives
 */
record MirrorTableSink(MirrorPlan plan, String identifier, int parallelism) implements DynamicTableSink {

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
                return MirrorTopology.add(plan, rows, uids, parallelism);
            }

            @Override
            public Optional<Integer> getParallelism() {
                return parallelism == 0 ? Optional.empty() : Optional.of(parallelism);
            }
        };
    }

    @Override
    public DynamicTableSink copy() {
        return new MirrorTableSink(plan, identifier, parallelism);
    }

    @Override
    public String asSummaryString() {
        return "dynamirror of " + plan.settings().tableName();
    }
}
