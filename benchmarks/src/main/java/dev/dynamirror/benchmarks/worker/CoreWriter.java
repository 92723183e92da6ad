package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import dev.dynamirror.write.WriterSettings;
import java.util.SplittableRandom;

/** Dynamirror's core without an engine, with its default settings: encoder, writer, direct transport. */
final class CoreWriter implements Contender {

    private final RowSize rows;
    private final RowEncoder<BenchmarkRow> encoder;
    private final Connection connection;
    private final BatchTransport transport;
    private final PlainLoop loop = new PlainLoop();
    private final MirrorWriter writer;
    private long next;

    private CoreWriter(Target target, Connection connection) {
        this.rows = target.rows();
        this.encoder = BenchmarkColumns.encoder(rows);
        this.connection = connection;
        this.transport = BatchTransport.direct(connection, BenchmarkColumns.table());
        this.writer = new MirrorWriter(
                Target.TABLE,
                transport,
                loop,
                new SplittableRandom(),
                WriterSettings.DEFAULT,
                WriterListener.failing(Target.TABLE));
    }

    static CoreWriter open(Target target) {
        return new CoreWriter(target, Connection.open(new ConnectionSettings(target.endpoint(), Target.REGION)));
    }

    @Override
    public void write(long count) throws InterruptedException {
        long end = next + count;
        while (next < end) {
            put(rows.row(next++));
        }
        flush();
    }

    void put(BenchmarkRow row) throws InterruptedException {
        writer.apply(encoder.put(row));
        loop.runTasks();
    }

    void delete(BenchmarkRow row) throws InterruptedException {
        writer.apply(encoder.delete(row));
        loop.runTasks();
    }

    void flush() throws InterruptedException {
        writer.flush();
    }

    @Override
    public void close() {
        transport.close();
        connection.close();
    }
}
