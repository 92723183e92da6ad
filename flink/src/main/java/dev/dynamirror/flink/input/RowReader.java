package dev.dynamirror.flink.input;

import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.types.Row;

/** Reads rows of Java's own values, one after another. */
interface RowReader extends StreamFormat.Reader<Row> {

    /** Where the row that was read last is. */
    Place place();
}
