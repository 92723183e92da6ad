package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The guess of the schema of files from their first rows. */
final class SchemaInference {

    /** How many rows are looked at. */
    static final int SAMPLE_ROWS = 10_000;

    private SchemaInference() {}

    /**
     * The columns of CSV files, which all have the same ones.
     *
     * @param wanted the names of the columns that are looked at
     * @throws dev.dynamirror.error.MirrorException if the columns of a file are others than those of the first
     */
    static List<Column> ofCsv(List<InputFile> files, Predicate<String> wanted) throws IOException {
        List<ColumnGuess> guesses = new ArrayList<>();
        List<String> names = List.of();
        int rows = 0;
        for (InputFile file : files) {
            if (rows >= SAMPLE_ROWS) {
                break;
            }
            try (CsvRecords records = new CsvRecords(file.place(), file.open())) {
                List<String> own = records.header().stream().filter(wanted).toList();
                if (file.equals(files.get(0))) {
                    names = own;
                    names.forEach(name -> guesses.add(new ColumnGuess(name)));
                }
                int[] positions =
                        names.stream().mapToInt(records.header()::indexOf).toArray();
                if (!Set.copyOf(own).equals(Set.copyOf(names))) {
                    throw file.place()
                            .error("the columns are " + String.join(", ", own) + ", but those of "
                                    + files.get(0).name() + " are " + String.join(", ", names)
                                    + "; a schema can say which are meant");
                }
                for (CsvRecord row = records.next(); row != null; row = rows < SAMPLE_ROWS ? records.next() : null) {
                    for (int i = 0; i < positions.length; i++) {
                        guesses.get(i).see(row.line(), row.cells().get(positions[i]));
                    }
                    rows++;
                }
            }
        }
        return ofTexts(guesses, rows);
    }

    /**
     * The columns of Parquet files, which all have the same ones, as the files themselves say.
     *
     * @param wanted the names of the columns that are looked at
     * @param complete the names of those that are not optional if no value is absent
     * @throws dev.dynamirror.error.MirrorException if a file is no Parquet file; or if its columns, or their types, are others
     *     than those of the first
     */
    static List<Column> ofParquet(List<InputFile> files, Predicate<String> wanted, Predicate<String> complete)
            throws IOException {
        List<Column> columns = ParquetRowReader.columns(files.get(0), wanted, complete);
        for (InputFile file : files.subList(1, files.size())) {
            columns = common(columns, files.get(0), ParquetRowReader.columns(file, wanted, complete), file);
        }
        return columns;
    }

    /** Optional is what is optional in one of the two. */
    private static List<Column> common(List<Column> columns, InputFile first, List<Column> own, InputFile file) {
        Map<String, LiveType> types = new LinkedHashMap<>();
        own.forEach(column -> types.put(column.name(), column.type()));
        boolean isSame = own.size() == columns.size()
                && columns.stream().allMatch(column -> {
                    LiveType type = types.get(column.name());
                    return type != null && type.required().equals(column.type().required());
                });
        if (!isSame) {
            throw file.place()
                    .error("the columns are " + described(own) + ", but those of " + first.name() + " are "
                            + described(columns) + "; a schema can say which are meant");
        }
        return columns.stream()
                .map(column -> Objects.requireNonNull(types.get(column.name())).isOptional()
                        ? new Column(column.name(), column.type().required().optional())
                        : column)
                .toList();
    }

    private static String described(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type().required())
                .collect(Collectors.joining(", "));
    }

    static List<Column> ofTexts(List<ColumnGuess> guesses, int rows) {
        return guesses.stream().map(guess -> guess.column(rows)).toList();
    }

    /** How the rows of a JSON Lines file are found. */
    interface Opener {
        JsonRowSource open(Place file, InputStream bytes) throws IOException;
    }

    /**
     * The columns of files whose values have types; none if there are no rows.
     *
     * @param wanted the names of the columns that are looked at
     * @throws dev.dynamirror.error.MirrorException if the values of a column don't go together
     */
    static List<Column> ofJson(List<InputFile> files, Opener opener, Predicate<String> wanted) throws IOException {
        Map<String, JsonGuess> guesses = new LinkedHashMap<>();
        int rows = 0;
        for (InputFile file : files) {
            if (rows >= SAMPLE_ROWS) {
                break;
            }
            try (JsonRowSource lines = opener.open(file.place(), file.open())) {
                for (JsonRow row = lines.next(); row != null; row = rows < SAMPLE_ROWS ? lines.next() : null) {
                    see(row, file.place(), guesses, wanted);
                    rows++;
                }
            }
        }
        Place place = files.get(0).place();
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, JsonGuess> guess : guesses.entrySet()) {
            try {
                columns.add(new Column(guess.getKey(), guess.getValue().type(rows)));
            } catch (BadValueException e) {
                throw place.column(guess.getKey()).error(e.problem());
            }
        }
        return columns;
    }

    private static void see(JsonRow row, Place file, Map<String, JsonGuess> guesses, Predicate<String> wanted) {
        for (Map.Entry<String, JsonField> field : row.fields().entrySet()) {
            String name = field.getKey();
            if (!wanted.test(name)) {
                continue;
            }
            if (name.isEmpty()) {
                throw file.line(row.line()).error("a field has no name; a schema can leave it out");
            }
            try {
                guesses.computeIfAbsent(name, each -> new JsonGuess()).see(row.line(), field.getValue());
            } catch (BadValueException e) {
                throw file.line(row.line()).column(name).error(e.problem());
            }
        }
    }
}
