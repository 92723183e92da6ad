package dev.dynamirror.flink.input;

import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guess of a file's schema from its first rows. */
final class SchemaInference {

    /** How many rows are looked at. */
    static final int SAMPLE_ROWS = 10_000;

    private SchemaInference() {}

    static Schema ofCsv(CsvRecords records) throws IOException {
        List<ColumnGuess> guesses =
                records.header().stream().map(ColumnGuess::new).toList();
        int rows = 0;
        for (CsvRecord row = records.next(); row != null; row = rows < SAMPLE_ROWS ? records.next() : null) {
            for (int i = 0; i < guesses.size(); i++) {
                guesses.get(i).seeText(row.line(), row.cells().get(i));
            }
            rows++;
        }
        return ofTexts(guesses, rows);
    }

    static Schema ofTexts(List<ColumnGuess> guesses, int rows) {
        return new Schema(guesses.stream().map(guess -> guess.textColumn(rows)).toList());
    }

    static Schema ofJsonLines(Place file, JsonLines lines) throws IOException {
        Map<String, ColumnGuess> guesses = new LinkedHashMap<>();
        int rows = 0;
        for (JsonRow row = lines.next(); row != null; row = rows < SAMPLE_ROWS ? lines.next() : null) {
            for (Map.Entry<String, JsonField> field : row.fields().entrySet()) {
                ColumnGuess guess = guesses.computeIfAbsent(field.getKey(), ColumnGuess::new);
                CellKind kind = kind(file, row.line(), field.getKey(), field.getValue());
                if (kind != null) {
                    guess.seeKind(row.line(), kind);
                }
            }
            rows++;
        }
        if (guesses.isEmpty()) {
            throw file.error("there is no row whose fields could tell the columns; a schema must say which there are");
        }
        int seen = rows;
        return new Schema(guesses.values().stream()
                .map(guess -> guess.typedColumn(file, seen))
                .toList());
    }

    private static @Nullable CellKind kind(Place file, long line, String name, JsonField field) {
        try {
            return field.isAbsent() ? null : field.kind();
        } catch (BadValueException e) {
            throw file.line(line).column(name).error(e.problem());
        }
    }
}
