package dev.dynamirror.flink.sink;

import dev.dynamirror.reconcile.Content;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Either;

/** The sink of a mirror that reconciles its table: takes rows, and the contents of items that have no row. */
final class ReconcilingSink implements Sink<Either<RowData, byte[]>> {

    private static final long serialVersionUID = 1L;

    private final MirrorPlan plan;

    ReconcilingSink(MirrorPlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<Either<RowData, byte[]>> createWriter(WriterInitContext context) {
        return new Writer(DynamoDbSinkWriter.open(plan, context));
    }

    /**
     * Writes both.
     *
     * @param writer writes them
     */
    private record Writer(DynamoDbSinkWriter writer) implements SinkWriter<Either<RowData, byte[]>> {

        @Override
        public void write(Either<RowData, byte[]> change, Context context) throws IOException, InterruptedException {
            if (change.isLeft()) {
                writer.write(change.left(), context);
            } else {
                // Its size doesn't matter any more.
                writer.delete(new Content(change.right(), 0));
            }
        }

        @Override
        public void flush(boolean endOfInput) throws InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
