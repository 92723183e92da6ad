package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.util.List;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a JSON Lines file.
 *
 * <p>A given schema narrows: fields that it doesn't name are left out. An inferred one doesn't, for it can't know the
 * fields that come later, and dropping them would lose data without a word: such a field is an error.
 */
final class JsonRowReader implements RowReader {

    private final Place file;
    private final Schema schema;
    private final SchemaOrigin origin;
    private final @Nullable String companion;
    private final JsonRowSource lines;
    private final List<JsonValues> readers;
    private long line;

    /** Takes the name of a field that may be there besides those of an inferred schema, and is no part of a row. */
    JsonRowReader(Place file, Schema schema, SchemaOrigin origin, @Nullable String companion, JsonRowSource lines) {
        this.file = file;
        this.schema = schema;
        this.origin = origin;
        this.companion = companion;
        this.lines = lines;
        readers = schema.columns().stream()
                .map(column -> JsonValues.of(column.type()))
                .toList();
    }

    @Override
    public @Nullable Row read() throws IOException {
        JsonRow row = lines.next();
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
        lines.close();
    }

    private Row values(JsonRow row) {
        List<Column> columns = schema.columns();
        @Nullable Object[] values = new Object[columns.size()];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            JsonField field = row.fields().get(column.name());
            found += field == null ? 0 : 1;
            try {
                values[i] = field == null
                        ? CellParser.absent(column.type())
                        : readers.get(i).read(field);
            } catch (BadValueException e) {
                throw file.line(row.line()).column(column.name()).error(e.problem() + origin.note());
            }
        }
        if (origin == SchemaOrigin.INFERRED && found < row.fields().size()) {
            requireKnownFields(row);
        }
        Row typed = Row.of(values);
        typed.setKind(row.kind());
        return typed;
    }

    private void requireKnownFields(JsonRow row) {
        for (String name : row.fields().keySet()) {
            if (!schema.names().contains(name) && !name.equals(companion)) {
                throw file.line(row.line())
                        .error("the field \"" + name + "\" is none of the columns (" + String.join(", ", schema.names())
                                + ")" + origin.note());
            }
        }
    }
}
