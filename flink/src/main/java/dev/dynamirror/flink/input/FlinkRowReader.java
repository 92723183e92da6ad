package dev.dynamirror.flink.input;

import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Reads rows and gives their values as Flink's runtime has them. */
final class FlinkRowReader implements StreamFormat.Reader<Row> {

    private final Schema schema;
    private final FlinkRows rows;
    private final RowReader reader;

    FlinkRowReader(Schema schema, RowReader reader) {
        this.schema = schema;
        this.rows = FlinkRows.of(schema);
        this.reader = reader;
    }

    @Override
    public @Nullable Row read() throws IOException {
        Row row = reader.read();
        if (row == null) {
            return null;
        }
        for (int i = 0; i < row.getArity(); i++) {
            try {
                row.setField(i, rows.value(i, row.getField(i)));
            } catch (IllegalValueException e) {
                throw reader.place().column(schema.columns().get(i).name()).error(String.valueOf(e.getMessage()));
            }
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
