package dev.dynamirror.mirror;

import dev.dynamirror.client.Connection;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.item.MapRowEncoder;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import dev.dynamirror.write.WriterSettings;
import dev.dynamirror.write.WriterStatistics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A mirror for programs without an engine: keeps a DynamoDB table in step with what the program puts and deletes.
 *
 * <p>Safe for use by several threads. Two changes of one key reach the table in the order in which they were given;
 * a newer one replaces an older one that was not sent yet. After an error every call throws it again, as a mirror that
 * left out a change would no longer be one; a bad row is refused by {@link #put} alone and spoils nothing.
 */
public final class Mirror implements AutoCloseable {

    private final String tableName;
    private final Schema schema;
    private final Set<String> columnNames;
    private final RowEncoder<Map<String, ?>> encoder;
    private final Connection connection;
    private final BatchTransport transport;
    private final LockLoop loop = new LockLoop();
    private final MirrorWriter writer;
    private boolean closed;

    private Mirror(MirrorSettings settings, Schema schema, TableSpec table, Connection connection) {
        this.tableName = settings.tableName();
        this.schema = schema;
        this.columnNames = Set.copyOf(schema.names());
        ChangeForm form = settings.write().form(InstantSource.system());
        this.encoder = new RowEncoder<>(
                settings.tableName(),
                MapRowEncoder.columns(schema, settings.partitionKey(), settings.sortKey(), form.versionColumn()),
                form,
                settings.rows().unstorableNumbers());
        this.connection = connection;
        this.transport = settings.write().transport().open(connection, table);
        this.writer = new MirrorWriter(
                settings.tableName(),
                transport,
                loop,
                new SplittableRandom(),
                WriterSettings.DEFAULT.with(
                        settings.write().giveUpAfter(), settings.write().maxWriteUnitsPerSecond()),
                WriterListener.failing(settings.tableName()));
    }

    /**
     * Prepares the table and opens the mirror.
     *
     * @param settings made with {@link DynamoDb#table}
     * @param schema the columns of the rows that will be put
     * @throws MirrorException if the settings don't fit the schema, there is no region or are no credentials, or the
     *     table can't be prepared
     */
    public static Mirror open(MirrorSettings.Builder settings, Schema schema) {
        MirrorSettings built = settings.build();
        if (built.rows().onBadRow() == OnBadRow.SET_ASIDE) {
            throw new MirrorException("mirror " + built.name()
                    + ": a program that puts rows is told of a bad one by an exception; it can set it aside itself");
        }
        if (built.initMode() == InitMode.RECONCILE) {
            throw new MirrorException(
                    "mirror " + built.name() + ": a program that puts rows one by one does not say which of"
                            + " them are the whole live table, so the table can't be compared with it; use Live, or another init"
                            + " mode");
        }
        TableSpec table = built.tableSpec(schema);
        Connection connection = Connection.open(built.connection());
        try {
            new TablePreparer(connection.client()).prepare(built.preparation(schema));
            return new Mirror(built, schema, table, connection);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Makes the row an item, in place of the item of that key if there is one; returns before it is written.
     *
     * @param row the columns' values by name; an optional column may be missing or null
     * @throws BadRowException if the row can't become an item; nothing else is lost by it
     * @throws MirrorException if the mirror has failed, now or before
     * @throws InterruptedException if the thread is interrupted while it waits for room
     */
    public void put(Map<String, ?> row) throws InterruptedException {
        if (!columnNames.containsAll(row.keySet())) {
            throw unknownColumn(row);
        }
        loop.lock();
        try {
            apply(encoder.put(row));
        } finally {
            loop.unlock();
        }
    }

    /**
     * Removes the item of that key, if there is one, or what else the settings say of deletes; returns before it is done.
     *
     * <p>If a column is the version of the mirror's items, its value is needed, too: that of the row that goes, or a later
     * one.
     *
     * @param key the key columns' values by name, and the version column's if there is one; other columns of a row may be
     *     there and are not looked at
     * @throws BadRowException if the key is none, or the version is absent
     * @throws MirrorException if the mirror has failed, now or before
     * @throws InterruptedException if the thread is interrupted while it waits for room
     */
    public void delete(Map<String, ?> key) throws InterruptedException {
        loop.lock();
        try {
            apply(encoder.delete(key));
        } finally {
            loop.unlock();
        }
    }

    /**
     * Returns when everything that was given before is written.
     *
     * @throws MirrorException if the mirror has failed, now or before
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void flush() throws InterruptedException {
        loop.lock();
        try {
            throwIfClosed();
            writer.flush();
        } finally {
            loop.unlock();
        }
    }

    /** What this mirror has done so far. */
    public WriterStatistics statistics() {
        return writer.statistics();
    }

    /**
     * Writes what waits, and ends the mirror; does nothing if it is closed already, or another thread is closing it. Calls
     * that wait for room in another thread throw an {@link IllegalStateException}.
     *
     * @throws MirrorException if the mirror has failed, now or before, or the thread is interrupted while it waits; the
     *     mirror is closed all the same
     */
    @Override
    public void close() {
        if (!beginClosing()) {
            return;
        }
        // Closed in the end: the loop first, the connection last.
        try (connection;
                transport;
                loop) {
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MirrorException(
                    "interrupted while the last changes were written; some of them may be missing", e);
        }
    }

    /** Whether the caller is the one who has to close this mirror, as nobody else did or does. */
    private boolean beginClosing() {
        loop.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            loop.unlock();
        }
    }

    private void finish() throws InterruptedException {
        loop.lock();
        try {
            writer.finish();
        } finally {
            loop.unlock();
        }
    }

    private void apply(Change change) throws InterruptedException {
        throwIfClosed();
        writer.apply(change);
    }

    private void throwIfClosed() {
        if (closed) {
            throw new IllegalStateException("the mirror is closed");
        }
    }

    private BadRowException unknownColumn(Map<String, ?> row) {
        String unknown = row.keySet().stream()
                .filter(name -> !columnNames.contains(name))
                .sorted()
                .findFirst()
                .orElseThrow();
        return new BadRowException(
                tableName,
                unknown,
                new IllegalValueException(
                        "the schema has no such column; its columns are " + String.join(", ", schema.names())));
    }
}
