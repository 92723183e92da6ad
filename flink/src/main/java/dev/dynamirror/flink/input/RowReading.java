package dev.dynamirror.flink.input;

import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How rows are read from the text of a file.
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
     * Reads the rows of a file, from its first.
     *
     * @throws dev.dynamirror.error.MirrorException if the file doesn't have the columns
     */
    RowReader open(Place file, InputStream bytes) throws IOException {
        Schema all = change == null ? schema : change.addTo(schema);
        RowReader rows = switch (format) {
            case CSV -> new CsvRowReader(file, all, origin, bytes);
            case JSONL -> new JsonRowReader(file, all, origin, new JsonLines(file, bytes));
            case DEBEZIUM_JSON -> new JsonRowReader(file, all, origin, new DebeziumLines(file, bytes));
            case MARKDOWN ->
                new MarkdownReader(
                        file,
                        MarkdownDocument.read(file, MarkdownReader.text(file, bytes))
                                .rows(Optional.of(schema)));
        };
        return change == null ? rows : new ChangeReader(rows, change);
    }
}
