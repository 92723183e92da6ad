package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterStatistics;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** One subtask's end of a mirror: encodes rows, and hands them to the writer that belongs to the task's mailbox. */
final class DynamoDbSinkWriter implements SinkWriter<RowData> {

    private final RowEncoder<RowData> encoder;
    private final Connection connection;
    private final BatchTransport transport;
    private final MailboxLoop loop;
    private final MirrorWriter writer;
    private final BadRows badRows;

    private DynamoDbSinkWriter(
            MirrorPlan plan,
            RowEncoder<RowData> encoder,
            Connection connection,
            MailboxLoop loop,
            @Nullable SetAsideRows setAside) {
        this.encoder = encoder;
        this.connection = connection;
        this.transport = BatchTransport.direct(connection, plan.table());
        this.loop = loop;
        this.writer = new MirrorWriter(plan.settings().tableName(), transport, loop, new SplittableRandom());
        this.badRows = setAside == null ? new RefusedRows(writer) : setAside;
    }

    /** Opens a writer; nothing is sent before the first row. */
    static DynamoDbSinkWriter open(MirrorPlan plan, WriterInitContext context) {
        try {
            boolean setsAside = plan.settings().rows().onBadRow() == OnBadRow.SET_ASIDE;
            SetAsideRows setAside = setsAside ? SetAsideRows.open(plan, context) : null;
            MailboxLoop loop = new MailboxLoop(context.getMailboxExecutor(), context.getProcessingTimeService());
            ProcessingTimeService clock = context.getProcessingTimeService();
            RowEncoder<RowData> encoder = plan.encoder(() -> Instant.ofEpochMilli(clock.getCurrentProcessingTime()));
            DynamoDbSinkWriter writer = connect(plan, encoder, loop, setAside);
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

    private static DynamoDbSinkWriter connect(
            MirrorPlan plan, RowEncoder<RowData> encoder, MailboxLoop loop, @Nullable SetAsideRows setAside) {
        Connection connection = Connection.open(plan.settings().connection());
        try {
            return new DynamoDbSinkWriter(plan, encoder, connection, loop, setAside);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
        try {
            Change change;
            try {
                change = change(row);
            } catch (BadRowException e) {
                badRows.take(row, e);
                return;
            }
            if (change != null) {
                writer.apply(change);
            }
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
    }

    /** What the row does to the table; null for nothing. */
    private @Nullable Change change(RowData row) {
        return switch (row.getRowKind()) {
            case INSERT, UPDATE_AFTER -> encoder.put(row);
            case DELETE -> encoder.delete(row);
            // The UPDATE_AFTER that follows replaces the item, or a DELETE comes if the key has changed.
            case UPDATE_BEFORE -> null;
        };
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        try {
            writer.flush();
            badRows.complete();
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
    }

    @Override
    public void close() {
        // Closed in the end: the file of bad rows first, the connection last.
        try (connection;
                transport;
                badRows) {
            loop.close();
        }
    }

    private void register(MetricGroup group) {
        WriterStatistics statistics = writer.statistics();
        group.gauge("itemsPut", (Gauge<Long>) statistics::put);
        group.gauge("itemsDeleted", (Gauge<Long>) statistics::deleted);
        group.gauge("changesMerged", (Gauge<Long>) statistics::merged);
        group.gauge("requests", (Gauge<Long>) statistics::requests);
        group.gauge("rowsSetAside", (Gauge<Long>) badRows::count);
    }
}
