package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.LiveRows;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Rows of a Java program, checked against their schema. */
final class JavaRows {

    private final Schema schema;

    private JavaRows(Schema schema) {
        this.schema = schema;
    }

    /**
     * The rows as a live table.
     *
     * @throws MirrorException if a row doesn't fit the schema, or a row is removed that isn't there; the message names
     *     the row by its number, from 1 on
     */
    static LiveRows check(Schema schema, List<Row> rows) {
        JavaRows checker = new JavaRows(schema);
        List<Row> changes = new ArrayList<>(rows.size());
        Map<Row, Integer> living = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Row change = checker.row(rows.get(i), i + 1);
            count(living, change, i + 1);
            changes.add(change);
        }
        return new LiveRows(schema, changes);
    }

    /** Flink drops the removal of a row that isn't there without a word; here it is a mistake. */
    private static void count(Map<Row, Integer> living, Row change, int number) {
        Row row = Row.copy(change);
        row.setKind(RowKind.INSERT);
        if (change.getKind() == RowKind.INSERT) {
            living.merge(row, 1, Integer::sum);
        } else if (living.computeIfPresent(row, (same, times) -> times == 1 ? 0 : times - 1) == null) {
            throw new MirrorException("row " + number + " removes " + row + ", which is not there");
        } else {
            living.remove(row, 0);
        }
    }

    private Row row(Row given, int number) {
        Row row = new Row(kind(given.getKind()), schema.columns().size());
        Set<String> names = given.getFieldNames(false);
        if (names == null && given.getArity() != schema.columns().size()) {
            throw new MirrorException("row " + number + " has " + given.getArity() + " values, but the schema has "
                    + schema.columns().size() + " columns: " + schema);
        }
        if (names != null && !Set.copyOf(schema.names()).containsAll(names)) {
            throw new MirrorException("row " + number + " has the columns " + names + ", but the schema is: " + schema);
        }
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            Object value = names == null
                    ? given.getField(i)
                    : names.contains(column.name()) ? given.getField(column.name()) : null;
            row.setField(i, value(column, value, number));
        }
        return row;
    }

    /** Before and after an update are a removal and an insertion. */
    private static RowKind kind(RowKind given) {
        return switch (given) {
            case INSERT, UPDATE_AFTER -> RowKind.INSERT;
            case UPDATE_BEFORE, DELETE -> RowKind.DELETE;
        };
    }

    private static @Nullable Object value(Column column, @Nullable Object given, int number) {
        if (given == null) {
            if (column.type().isOptional()) {
                return null;
            }
            throw error(
                    column,
                    number,
                    "the value is absent, and the column's type " + column.type() + " is not optional; declare it as "
                            + column.type().optional());
        }
        Object value = convert((ScalarType) column.type().required(), given);
        if (value == null) {
            throw error(
                    column,
                    number,
                    "expected a value of the type " + column.type() + ", but found one of "
                            + given.getClass().getTypeName());
        }
        return value;
    }

    private static @Nullable Object convert(ScalarType type, Object given) {
        return switch (type) {
            case BOOL -> given instanceof Boolean ? given : null;
            case INT ->
                given instanceof Long || given instanceof Integer || given instanceof Short || given instanceof Byte
                        ? (Long) ((Number) given).longValue()
                        : null;
            case FLOAT ->
                given instanceof Float
                        // By its own digits: 0.1f is 0.1.
                        ? (Double) Double.parseDouble(given.toString())
                        : given instanceof Double ? given : null;
            case STR -> given instanceof String ? given : null;
            case BYTES -> given instanceof byte[] ? given : null;
            case DATETIME_NAIVE -> given instanceof LocalDateTime ? given : null;
            case DATETIME_UTC -> given instanceof Instant ? given : null;
        };
    }

    private static MirrorException error(Column column, int number, String what) {
        return new MirrorException("row " + number + ", column \"" + column.name() + "\": " + what);
    }
}
