package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.JsonLineWriter;
import dev.dynamirror.parquet.ParquetFile;
import dev.dynamirror.parquet.Utf8Text;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a Parquet file. Columns that the schema doesn't name are left out, and not read at all; of an inferred
 * schema there may be none.
 *
 * <p>A value of another type than its column's is read as a field of JSON Lines with its text would be.
 */
final class ParquetRowReader implements RowReader {

    private final Place file;
    private final SchemaOrigin origin;
    private final ParquetFile parquet;
    private final List<ColumnReader> columns;
    private long row;

    /**
     * A column's values out of those of a row of the file.
     *
     * @param column the column
     * @param position where its values stand in the row; -1 if the file hasn't got it
     * @param reader makes a value of what is there; null if it is one
     */
    private record ColumnReader(
            Column column, int position, @Nullable Reader reader) {

        @Nullable
        Object of(List<@Nullable Object> row) throws BadValueException {
            Object value = position < 0 ? null : row.get(position);
            if (value == null) {
                return CellParser.absent(column.type());
            }
            return reader == null ? value : reader.read(value);
        }
    }

    /** Makes a value of one type of a value of another. */
    private interface Reader {
        @Nullable
        Object read(Object value) throws BadValueException;
    }

    private ParquetRowReader(Place file, SchemaOrigin origin, ParquetFile parquet, List<ColumnReader> columns) {
        this.file = file;
        this.origin = origin;
        this.parquet = parquet;
        this.columns = columns;
    }

    /**
     * Opens a file.
     *
     * @param companion the column that may be there besides those of an inferred schema, and is no part of a row
     * @throws MirrorException if it is no Parquet file, or has other columns
     */
    static ParquetRowReader open(InputFile file, Schema schema, SchemaOrigin origin, @Nullable String companion)
            throws IOException {
        try {
            ParquetFile parquet = ParquetFile.open(FlinkBytes.of(file.path()));
            try {
                return new ParquetRowReader(file.place(), origin, parquet, select(parquet, schema, origin, companion));
            } catch (RuntimeException e) {
                parquet.close();
                throw e;
            }
        } catch (MirrorException e) {
            throw file.place().error(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The columns of a file.
     *
     * @param complete the names of those that are not optional if the file has no absent value
     * @throws MirrorException if it is no Parquet file, or no type of a live table is like the type of a wanted column
     */
    static List<Column> columns(InputFile file, Predicate<String> wanted, Predicate<String> complete)
            throws IOException {
        try (ParquetFile parquet = ParquetFile.open(FlinkBytes.of(file.path()))) {
            return parquet.columns(wanted, complete);
        } catch (MirrorException e) {
            throw file.place().error(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<ColumnReader> select(
            ParquetFile parquet, Schema schema, SchemaOrigin origin, @Nullable String companion) {
        if (origin != SchemaOrigin.GIVEN) {
            requireKnown(parquet.names(), schema, companion);
        }
        List<Column> found = parquet.columns(schema.names()::contains, name -> false);
        List<String> names = found.stream().map(Column::name).toList();
        parquet.select(names);
        List<ColumnReader> readers = new ArrayList<>();
        for (Column column : schema.columns()) {
            int position = names.indexOf(column.name());
            if (position < 0 && !column.type().isOptional()) {
                throw new MirrorException("there is no column \"" + column.name() + "\" of the schema; there are "
                        + String.join(", ", parquet.names()));
            }
            readers.add(new ColumnReader(
                    column,
                    position,
                    position < 0 ? null : converter(found.get(position).type(), column.type())));
        }
        return readers;
    }

    private static void requireKnown(List<String> names, Schema schema, @Nullable String companion) {
        for (String name : names) {
            if (!schema.names().contains(name) && !name.equals(companion)) {
                throw new MirrorException("the column \"" + name + "\" is none of the columns ("
                        + String.join(", ", schema.names()) + ")" + SchemaOrigin.FOOTERS.note());
            }
        }
    }

    /** Null if values of the one type are values of the other, but for absence. */
    private static @Nullable Reader converter(LiveType found, LiveType wanted) {
        if (found.required().equals(wanted.required())) {
            return null;
        }
        if (found.required() == ScalarType.BYTES && wanted.required() == ScalarType.STR) {
            // As older writers leave out what tells a text.
            return value -> {
                try {
                    return Utf8Text.of((byte[]) value);
                } catch (IllegalArgumentException e) {
                    throw new BadValueException(String.valueOf(e.getMessage()));
                }
            };
        }
        JsonLineWriter json = new JsonLineWriter(new Schema(List.of(new Column("value", found))));
        JsonValues values = JsonValues.of(wanted);
        return value -> {
            Map<String, JsonField> line =
                    JsonField.parse(json.line(List.of(value))).fields();
            return values.read(Objects.requireNonNull(line.get("value")));
        };
    }

    @Override
    public @Nullable Row read() throws IOException {
        row++;
        List<@Nullable Object> found;
        try {
            found = parquet.next();
        } catch (MirrorException e) {
            throw place().error(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException(place().text() + ": " + e.getMessage(), e);
        }
        if (found == null) {
            return null;
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = columns.get(i).of(found);
            } catch (BadValueException e) {
                throw place().column(columns.get(i).column().name()).error(e.problem() + origin.note());
            }
        }
        return Row.of(values);
    }

    @Override
    public Place place() {
        return file.within("row " + row);
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }
}
