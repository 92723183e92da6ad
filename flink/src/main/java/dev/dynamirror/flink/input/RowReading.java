package dev.dynamirror.flink.input;

import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How rows are read from a file.
 *
 * @param format its format
 * @param schema the columns of the rows
 * @param origin where the schema comes from
 * @param change the column that says what happens to a row; null if there is none
 */
record RowReading(
        FileFormat format,
        Schema schema,
        SchemaOrigin origin,
        @Nullable ChangeColumn change) implements Serializable {

    /** Whether a row replaces the one that its primary key has, and a deleted one is known by its key alone. */
    boolean replaces() {
        return format == FileFormat.DEBEZIUM_JSON
                || (change != null && change.meaning() == ChangeColumn.Meaning.OPERATION);
    }

    /**
     * Reads the rows of a file, from its first; the bytes are closed with the reader.
     *
     * @throws dev.dynamirror.error.MirrorException if the file doesn't have the columns
     */
    RowReader open(InputFile file) throws IOException {
        return format == FileFormat.PARQUET
                ? withChange(ParquetRowReader.open(file, columns(), origin, companion()))
                : open(file.place(), file.open());
    }

    /**
     * Reads the rows of a text, from its first; the bytes are closed with the reader.
     *
     * @throws dev.dynamirror.error.MirrorException if the text doesn't have the columns
     */
    RowReader open(Place file, InputStream text) throws IOException {
        return withChange(
                switch (format) {
                    case CSV -> new CsvRowReader(file, columns(), origin, text);
                    case JSONL -> new JsonRowReader(file, columns(), origin, companion(), new JsonLines(file, text));
                    case DEBEZIUM_JSON ->
                        new JsonRowReader(file, columns(), origin, companion(), new DebeziumLines(file, text));
                    case MARKDOWN ->
                        new MarkdownReader(
                                file,
                                MarkdownDocument.read(file, MarkdownReader.text(file, text))
                                        .rows(Optional.of(schema)));
                    case PARQUET -> throw new IllegalStateException("a Parquet file is no text");
                });
    }

    private Schema columns() {
        return change == null ? schema : change.addTo(schema);
    }

    private @Nullable String companion() {
        return change == null ? null : change.companion();
    }

    private RowReader withChange(RowReader rows) {
        return change == null ? rows : new ChangeReader(rows, change);
    }
}
