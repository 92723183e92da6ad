package dev.dynamirror.flink.sink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * The sink at the end of a mirror.
 *
 * <p>It takes the table for ready, and all rows of one key for its own; {@link MirrorTopology} sees to both.
 */
final class DynamoDbSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final MirrorPlan plan;

    DynamoDbSink(MirrorPlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return DynamoDbSinkWriter.open(plan, context);
    }
}
