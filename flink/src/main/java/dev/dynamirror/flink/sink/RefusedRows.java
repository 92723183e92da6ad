package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import org.apache.flink.table.data.RowData;

/** Bad rows of which each fails its mirror; the good rows that the writer was given before it are written. */
final class RefusedRows implements BadRows {

    private static final String HINT = "; such rows can be set aside (on-bad-row)";

    private final String tableName;
    private final MirrorWriter writer;

    RefusedRows(String tableName, MirrorWriter writer) {
        this.tableName = tableName;
        this.writer = writer;
    }

    /** The failure of a mirror that sets no row aside. */
    static MirrorException failure(String reason, MirrorException cause) {
        return new MirrorException(reason + HINT, cause);
    }

    @Override
    public void take(RowData row, BadRowException reason) throws InterruptedException {
        writer.flush();
        throw failure(String.valueOf(reason.getMessage()), reason);
    }

    @Override
    public void takeRefused(Change change, String reason) {
        throw new MirrorException("table " + tableName + ": " + WriterListener.describe(change, reason) + HINT);
    }

    @Override
    public long count() {
        return 0;
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}
}
