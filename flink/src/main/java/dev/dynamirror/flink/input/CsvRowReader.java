package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file; columns that the schema doesn't name are left out. */
final class CsvRowReader implements RowReader {

    private final Place file;
    private final SchemaOrigin origin;
    private final CsvRecords records;
    private final List<Column> columns;
    private final CellParser[] parsers;
    private final int[] positions;
    private long line;

    CsvRowReader(Place file, Schema schema, SchemaOrigin origin, InputStream bytes) throws IOException {
        this.file = file;
        this.origin = origin;
        records = new CsvRecords(file, bytes);
        columns = schema.columns();
        parsers = columns.stream().map(CellParser::of).toArray(CellParser[]::new);
        positions = columns.stream()
                .mapToInt(column -> records.header().indexOf(column.name()))
                .toArray();
        requireColumns(schema);
    }

    @Override
    public @Nullable Row read() throws IOException {
        CsvRecord row = records.next();
        if (row == null) {
            return null;
        }
        line = row.line();
        return values(row);
    }

    @Override
    public Place place() {
        return file.line(line);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }

    private Row values(CsvRecord row) {
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = parsers[i].parse(row.cells().get(positions[i]));
            } catch (BadValueException e) {
                throw file.line(row.line()).column(columns.get(i).name()).error(e.problem() + origin.note());
            }
        }
        return Row.of(values);
    }

    private void requireColumns(Schema schema) {
        String missing = schema.names().stream()
                .filter(name -> !records.header().contains(name))
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw file.error(
                    "the header has no " + missing + " of the schema; it has " + String.join(", ", records.header()));
        }
    }
}
