package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.WriteSettings;
import dev.dynamirror.reconcile.Content;
import dev.dynamirror.reconcile.UnexpectedItems;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import dev.dynamirror.write.WriterSettings;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subtask's end of a mirror: encodes rows, and hands them to the writer that belongs to the task's mailbox. */
final class DynamoDbSinkWriter implements SinkWriter<RowData> {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbSinkWriter.class);

    private final String mirror;
    private final RowEncoder<RowData> encoder;
    private final UnexpectedItems unexpected;
    private final Connection connection;
    private final BatchTransport transport;
    private final MailboxLoop loop;
    private final MirrorWriter writer;
    private final BadRows badRows;
    private final MirrorMetrics metrics;

    private DynamoDbSinkWriter(
            MirrorPlan plan,
            ChangeForm form,
            Connection connection,
            MailboxLoop loop,
            WriterSettings settings,
            MirrorMetrics metrics,
            @Nullable SetAsideRows setAside) {
        this.mirror = plan.settings().name();
        this.encoder = plan.encoder(form);
        this.unexpected = new UnexpectedItems(plan.table(), plan.schema().names(), form);
        this.connection = connection;
        this.transport = plan.settings().write().transport().open(connection, plan.table());
        this.loop = loop;
        this.metrics = metrics;
        String tableName = plan.settings().tableName();
        this.writer = new MirrorWriter(tableName, transport, loop, new SplittableRandom(), settings, new Listener());
        this.badRows = setAside == null ? new RefusedRows(tableName, writer) : setAside;
    }

    /** Opens a writer; nothing is sent before the first row. */
    static DynamoDbSinkWriter open(MirrorPlan plan, WriterInitContext context) {
        try {
            boolean setsAside = plan.settings().rows().onBadRow() == OnBadRow.SET_ASIDE;
            SetAsideRows setAside = setsAside ? SetAsideRows.open(plan, context) : null;
            MailboxLoop loop = new MailboxLoop(context.getMailboxExecutor());
            MirrorMetrics metrics =
                    new MirrorMetrics(context.metricGroup(), plan.settings().name());
            ProcessingTimeService clock = context.getProcessingTimeService();
            WriteSettings write = plan.settings().write();
            ChangeForm form = write.form(() -> Instant.ofEpochMilli(clock.getCurrentProcessingTime()));
            WriterSettings settings = WriterSettings.DEFAULT.with(
                    write.giveUpAfter(),
                    write.unitsPerSecondOfOne(context.getTaskInfo().getNumberOfParallelSubtasks()));
            DynamoDbSinkWriter writer = connect(plan, form, loop, settings, metrics, setAside);
            try {
                metrics.register(writer.writer, writer.badRows);
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
            MirrorPlan plan,
            ChangeForm form,
            MailboxLoop loop,
            WriterSettings settings,
            MirrorMetrics metrics,
            @Nullable SetAsideRows setAside) {
        Connection connection = Connection.open(plan.settings().connection());
        try {
            return new DynamoDbSinkWriter(plan, form, connection, loop, settings, metrics, setAside);
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

    /** Deletes an item that was found in the table and has no row. */
    void delete(Content found) throws InterruptedException {
        try {
            writer.apply(unexpected.delete(found));
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
            if (endOfInput) {
                LOG.info("mirror {}: the input has ended, and all is written", mirror);
            }
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

    /** Passes on what the writer tells. */
    private final class Listener implements WriterListener {

        @Override
        public void refused(Change change, String reason) {
            metrics.addError();
            badRows.takeRefused(change, reason);
        }

        @Override
        public void throttledBy(String reason) {
            metrics.addThrottledBy(reason, writer.statistics());
        }

        @Override
        public void replied(long nanos) {
            metrics.replied(nanos, writer.statistics());
        }
    }
}
