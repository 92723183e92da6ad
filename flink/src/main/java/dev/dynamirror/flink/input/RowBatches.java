package dev.dynamirror.flink.input;

import java.io.IOException;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.BulkFormat.RecordIterator;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file that is no stream, as Flink's file source takes them: some at once, as Flink's own adapter counts the
 * bytes of a stream to know when they are enough.
 */
final class RowBatches implements BulkFormat.Reader<Row> {

    /** Rows may have 400 KB. */
    private static final int MOST_ROWS = 100;

    private final StreamFormat.Reader<Row> reader;
    private long given;

    /** Takes how many of the first rows are passed over; closes the reader if that fails. */
    RowBatches(StreamFormat.Reader<Row> reader, long passedOver) throws IOException {
        this.reader = reader;
        try {
            while (given < passedOver && reader.read() != null) {
                given++;
            }
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public @Nullable RecordIterator<Row> readBatch() throws IOException {
        @Nullable Row[] rows = new Row[MOST_ROWS];
        int count = 0;
        while (count < MOST_ROWS && (rows[count] = reader.read()) != null) {
            count++;
        }
        if (count == 0) {
            return null;
        }
        ArrayResultIterator<Row> batch = new ArrayResultIterator<>();
        batch.set(rows, count, CheckpointedPosition.NO_OFFSET, given);
        given += count;
        return batch;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
