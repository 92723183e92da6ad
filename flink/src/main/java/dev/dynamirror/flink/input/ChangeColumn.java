package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * A column that says what happens to its row, and is none of the live table's columns.
 *
 * @param name its name
 * @param meaning what it holds
 */
record ChangeColumn(String name, Meaning meaning) implements Serializable {

    /** How Pathway calls a change's time where it calls the change so. */
    private static final Map<String, String> PATHWAYS_TIMES = Map.of("diff", "time", "__diff__", "__time__");

    /** What a change column holds. */
    enum Meaning {
        /** Words: a row is inserted, updated or deleted. The rows of a key replace each other. */
        OPERATION,
        /** Pathway's numbers: a row comes (1) or goes (-1). */
        DIFF
    }

    /**
     * The change column among the columns that a file's first rows have.
     *
     * @throws MirrorException if it isn't there, or can't say what happens
     */
    static ChangeColumn among(List<Column> columns, String name, Place file) {
        LiveType type = columns.stream()
                .filter(column -> column.name().equals(name))
                .map(Column::type)
                .findFirst()
                .orElseThrow(() -> file.error(
                        "there is no column \"" + name + "\", which should say what happens to a row;" + " there are "
                                + columns.stream().map(Column::name).collect(Collectors.joining(", "))));
        // Bytes are texts of older writers of Parquet; a row without a word is an error of its own.
        if (type.required() == ScalarType.STR || type.required() == ScalarType.BYTES) {
            return new ChangeColumn(name, Meaning.OPERATION);
        }
        if (type.required() == ScalarType.INT) {
            return new ChangeColumn(name, Meaning.DIFF);
        }
        throw file.column(name)
                .error(
                        "expected words like insert, update and delete, or the numbers 1 and -1, in all rows, but found values"
                                + " of the type " + type);
    }

    /** The live table's columns, and after them this one. */
    Schema addTo(Schema schema) {
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.add(new Column(name, meaning == Meaning.DIFF ? ScalarType.INT : ScalarType.STR));
        return new Schema(columns);
    }

    /** The columns without this one and its companion. */
    List<Column> removeFrom(List<Column> columns) {
        return columns.stream()
                .filter(column -> !column.name().equals(name))
                .filter(column -> !column.name().equals(companion()))
                .toList();
    }

    /** The column of the time that Pathway writes beside this one, and that is no part of a row; null if there is none. */
    @Nullable
    String companion() {
        return meaning == Meaning.DIFF ? PATHWAYS_TIMES.get(name) : null;
    }

    /**
     * What a value says; null if it is the row before an update, which the row after it replaces.
     *
     * @throws BadValueException if it says nothing that is known
     */
    @Nullable
    RowKind kind(@Nullable Object value) throws BadValueException {
        return switch (String.valueOf(value).strip().toLowerCase(Locale.ROOT)) {
            case "1" -> RowKind.INSERT;
            case "insert", "i", "+i", "create", "c", "read", "r" -> operation(RowKind.INSERT, value);
            case "update", "u", "+u", "upsert" -> operation(RowKind.UPDATE_AFTER, value);
            case "-u" -> operation(null, value);
            case "-1" -> RowKind.DELETE;
            case "delete", "d", "-d" -> operation(RowKind.DELETE, value);
            default -> throw unknown(value);
        };
    }

    private @Nullable RowKind operation(@Nullable RowKind kind, @Nullable Object value) throws BadValueException {
        if (meaning == Meaning.DIFF) {
            throw unknown(value);
        }
        return kind;
    }

    private BadValueException unknown(@Nullable Object value) {
        return new BadValueException(
                (meaning == Meaning.DIFF ? "expected 1 or -1" : "expected insert, update or delete") + ", but found "
                        + Excerpt.quoted(String.valueOf(value)));
    }
}
