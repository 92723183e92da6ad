package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterStatistics;
import java.util.SplittableRandom;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;

/** One subtask's end of a mirror: encodes rows, and hands them to the writer that belongs to the task's mailbox. */
final class DynamoDbSinkWriter implements SinkWriter<RowData> {

    private final RowEncoder<RowData> encoder;
    private final Connection connection;
    private final BatchTransport transport;
    private final MailboxLoop loop;
    private final MirrorWriter writer;

    private DynamoDbSinkWriter(MirrorPlan plan, Connection connection, MailboxLoop loop) {
        this.encoder = plan.encoder();
        this.connection = connection;
        this.transport = BatchTransport.direct(connection, plan.table());
        this.loop = loop;
        this.writer = new MirrorWriter(plan.settings().tableName(), transport, loop, new SplittableRandom());
    }

    /** Opens a writer; nothing is sent before the first row. */
    static DynamoDbSinkWriter open(MirrorPlan plan, WriterInitContext context) {
        try {
            DynamoDbSinkWriter writer =
                    connect(plan, new MailboxLoop(context.getMailboxExecutor(), context.getProcessingTimeService()));
            try {
                writer.register(
                        context.metricGroup().addGroup("mirror", plan.settings().name()));
                return writer;
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
    }

    private static DynamoDbSinkWriter connect(MirrorPlan plan, MailboxLoop loop) {
        Connection connection = Connection.open(plan.settings().connection());
        try {
            return new DynamoDbSinkWriter(plan, connection, loop);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
        try {
            switch (row.getRowKind()) {
                case INSERT, UPDATE_AFTER -> writer.apply(encoder.put(row));
                case DELETE -> writer.apply(encoder.delete(row));
                case UPDATE_BEFORE -> {
                    // The UPDATE_AFTER that follows replaces the item, or a DELETE comes if the key has changed.
                }
            }
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        try {
            writer.flush();
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
    }

    @Override
    public void close() {
        loop.close();
        try {
            transport.close();
        } finally {
            connection.close();
        }
    }

    private void register(MetricGroup group) {
        WriterStatistics statistics = writer.statistics();
        group.gauge("itemsPut", (Gauge<Long>) statistics::put);
        group.gauge("itemsDeleted", (Gauge<Long>) statistics::deleted);
        group.gauge("changesMerged", (Gauge<Long>) statistics::merged);
        group.gauge("requests", (Gauge<Long>) statistics::requests);
    }
}
