package dev.dynamirror.flink.input;

import dev.dynamirror.flink.input.HeaderCell.Role;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a markdown table, on their way from cells to a live table's changes.
 *
 * <p>An empty cell and {@code None} are absent values. Pathway's table_from_markdown takes {@code NA}, {@code NaN} and
 * {@code NULL} for absent too; here they are texts, for a value that vanishes without a word (Namibia's country code) is
 * worse than a column that turns out to be a {@code str}.
 */
final class MarkdownRows {

    private static final String ABSENT = "None";

    private final Place place;
    private final MarkdownHeader header;
    private final List<TableRow> rows;

    MarkdownRows(Place place, MarkdownHeader header, List<TableRow> rows) {
        this.place = place;
        this.header = header;
        this.rows = rows;
    }

    LiveRows live(Optional<Schema> given) {
        Schema schema = given.orElseGet(this::inferred);
        Timeline timeline = new Timeline(place);
        rows.forEach(row -> timeline.add(change(row, schema)));
        return new LiveRows(schema, timeline.changes());
    }

    private Schema inferred() {
        List<String> names = header.columnNames();
        List<ColumnGuess> guesses = names.stream().map(ColumnGuess::new).toList();
        for (TableRow row : rows) {
            for (int i = 0; i < names.size(); i++) {
                guesses.get(i).see(row.line(), cell(row, header.columnPosition(names.get(i))));
            }
        }
        return new Schema(SchemaInference.ofTexts(guesses, rows.size()));
    }

    private TimedChange change(TableRow row, Schema schema) {
        Row values = new Row(schema.columns().size());
        for (int i = 0; i < values.getArity(); i++) {
            values.setField(i, value(row, schema.columns().get(i)));
        }
        return new TimedChange(row.line(), time(row), kind(row), new IdentifiedRow(identity(row), values));
    }

    private @Nullable Object value(TableRow row, Column column) {
        try {
            return CellParser.of(column).parse(cell(row, header.columnPosition(column.name())));
        } catch (BadValueException e) {
            throw place.line(row.line()).column(column.name()).error(e.problem());
        }
    }

    private Optional<String> identity(TableRow row) {
        if (header.position(Role.IDENTITY).isEmpty()) {
            return Optional.empty();
        }
        String text = cell(row, header.position(Role.IDENTITY).getAsInt());
        if (text == null) {
            throw place.line(row.line()).error("the row's identity, its cell in the column \"id\", is missing");
        }
        return Optional.of(text);
    }

    private long time(TableRow row) {
        if (header.position(Role.TIME).isEmpty()) {
            return 0;
        }
        String text = row.cells().get(header.position(Role.TIME).getAsInt());
        if (CellKind.ofText(text) != CellKind.INT || text.startsWith("-")) {
            throw place.line(row.line())
                    .column("__time__")
                    .error("expected an int that is not negative, but found " + Excerpt.quoted(text));
        }
        return Long.parseLong(text);
    }

    private RowKind kind(TableRow row) {
        if (header.position(Role.DIFF).isEmpty()) {
            return RowKind.INSERT;
        }
        String text = row.cells().get(header.position(Role.DIFF).getAsInt());
        return switch (text) {
            case "1", "+1" -> RowKind.INSERT;
            case "-1" -> RowKind.DELETE;
            default ->
                throw place.line(row.line())
                        .column("__diff__")
                        .error("expected 1 (the row comes) or -1 (it goes), but found " + Excerpt.quoted(text));
        };
    }

    private static @Nullable String cell(TableRow row, int position) {
        String text = row.cells().get(position);
        return text.isEmpty() || text.equals(ABSENT) ? null : text;
    }
}
