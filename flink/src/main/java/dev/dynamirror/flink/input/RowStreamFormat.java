package dev.dynamirror.flink.input;

import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.types.Row;

/**
 * The format that Flink's file source reads a CSV or JSON Lines file by.
 *
 * <p>A file is read from its start to its end by one reader. After a crash Flink opens it again and skips the rows that
 * were read before the checkpoint, as it does for each reader that tells no position of its own.
 */
final class RowStreamFormat extends SimpleStreamFormat<Row> {

    private static final long serialVersionUID = 1L;

    private final String fileName;
    private final TextFormat format;
    private final Schema schema;
    private final SchemaOrigin origin;

    RowStreamFormat(String fileName, TextFormat format, Schema schema, SchemaOrigin origin) {
        this.fileName = fileName;
        this.format = format;
        this.schema = schema;
        this.origin = origin;
    }

    @Override
    public StreamFormat.Reader<Row> createReader(Configuration config, FSDataInputStream bytes) throws IOException {
        Place file = Place.file(fileName);
        RowReader reader = switch (format) {
            case CSV -> new CsvRowReader(file, schema, origin, bytes);
            case JSONL -> new JsonRowReader(file, schema, origin, bytes);
            case MARKDOWN -> throw new IllegalStateException("a markdown file is no stream");
        };
        return new FlinkRowReader(schema, reader);
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return FlinkRows.type(schema);
    }
}
