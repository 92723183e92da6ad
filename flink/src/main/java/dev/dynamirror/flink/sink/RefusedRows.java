package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.write.MirrorWriter;
import org.apache.flink.table.data.RowData;

/** Bad rows of which each fails its mirror; the good rows that the writer was given before it are written. */
final class RefusedRows implements BadRows {

    private final MirrorWriter writer;

    RefusedRows(MirrorWriter writer) {
        this.writer = writer;
    }

    /** The failure of a mirror that sets no row aside. */
    static MirrorException failure(String reason, MirrorException cause) {
        return new MirrorException(reason + "; such rows can be set aside (on-bad-row)", cause);
    }

    @Override
    public void take(RowData row, BadRowException reason) throws InterruptedException {
        writer.flush();
        throw failure(String.valueOf(reason.getMessage()), reason);
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
