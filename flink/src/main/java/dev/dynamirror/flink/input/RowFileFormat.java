package dev.dynamirror.flink.input;

import dev.dynamirror.flink.type.FlinkRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.types.Row;

/**
 * The format that Flink's file source reads files of rows by, each under its name.
 *
 * <p>A file is read from its start to its end by one reader. After a crash Flink opens it again and skips the rows that
 * were read before the checkpoint, as it does for each reader that tells no position of its own.
 */
final class RowFileFormat implements BulkFormat<Row, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private final HashMap<Path, String> names = new HashMap<>();
    private final RowReading reading;

    RowFileFormat(List<InputFile> files, RowReading reading) {
        files.forEach(file -> names.put(file.path(), file.name()));
        this.reading = reading;
    }

    @Override
    public Reader<Row> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return reading.format() == FileFormat.PARQUET
                ? new RowBatches(reader(split), 0)
                : adapter(split).createReader(config, split);
    }

    @Override
    public Reader<Row> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        return reading.format() == FileFormat.PARQUET
                ? new RowBatches(
                        reader(split),
                        split.getReaderPosition()
                                .map(CheckpointedPosition::getRecordsAfterOffset)
                                .orElse(0L))
                : adapter(split).restoreReader(config, split);
    }

    private FlinkRowReader reader(FileSourceSplit split) throws IOException {
        reading.format().requireReader(RowFileFormat.class.getClassLoader());
        return new FlinkRowReader(reading.schema(), reading.open(new InputFile(split.path(), name(split))));
    }

    private String name(FileSourceSplit split) {
        return names.getOrDefault(split.path(), split.path().toString());
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return FlinkRows.type(reading.schema());
    }

    private StreamFormatAdapter<Row> adapter(FileSourceSplit split) {
        return new StreamFormatAdapter<>(new OfText(name(split), reading));
    }

    /** The format of one file of text. */
    private static final class OfText extends SimpleStreamFormat<Row> {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final RowReading reading;

        OfText(String name, RowReading reading) {
            this.name = name;
            this.reading = reading;
        }

        @Override
        public StreamFormat.Reader<Row> createReader(Configuration config, FSDataInputStream bytes) throws IOException {
            return new FlinkRowReader(reading.schema(), reading.open(Place.file(name), bytes));
        }

        @Override
        public TypeInformation<Row> getProducedType() {
            return FlinkRows.type(reading.schema());
        }
    }
}
