package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.LiveRows;
import dev.dynamirror.item.CanonicalValues;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Rows of a Java program, checked against their schema. */
final class JavaRows {

    private final Schema schema;
    private final List<UnaryOperator<@Nullable Object>> columns;

    private JavaRows(Schema schema) {
        this.schema = schema;
        this.columns = schema.columns().stream()
                .map(column -> CanonicalValues.of(column.type()))
                .toList();
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
        Map<List<?>, Integer> living = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Row change = checker.row(rows.get(i), i + 1);
            count(living, change, i + 1);
            changes.add(change);
        }
        return new LiveRows(schema, changes);
    }

    /** Flink drops the removal of a row that isn't there without a word; here it is a mistake. */
    private static void count(Map<List<?>, Integer> living, Row change, int number) {
        List<?> content = LiveRows.content(change);
        if (change.getKind() == RowKind.INSERT) {
            living.merge(content, 1, Integer::sum);
        } else if (living.computeIfPresent(content, (same, times) -> times == 1 ? 0 : times - 1) == null) {
            Row row = Row.copy(change);
            row.setKind(RowKind.INSERT);
            throw new MirrorException("row " + number + " removes " + row + ", which is not there");
        } else {
            living.remove(content, 0);
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
            row.setField(i, checked(i, value, number));
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

    private @Nullable Object checked(int column, @Nullable Object given, int number) {
        try {
            return columns.get(column).apply(withoutRows(given));
        } catch (IllegalValueException e) {
            throw error(schema.columns().get(column), number, String.valueOf(e.getMessage()));
        }
    }

    /** A value in which Flink's rows are maps if they have names, and tuples if not. */
    private static @Nullable Object withoutRows(@Nullable Object given) {
        if (given instanceof Row row) {
            return withoutRows(row);
        }
        if (given instanceof List<?> list) {
            return list.stream().map(JavaRows::withoutRows).collect(Collectors.toList());
        }
        if (given instanceof Tuple tuple) {
            return Tuple.of(tuple.toList().stream().map(JavaRows::withoutRows).toArray());
        }
        if (given instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((name, value) -> entries.put(name, withoutRows(value)));
            return entries;
        }
        return given;
    }

    private static Object withoutRows(Row row) {
        Set<String> names = row.getFieldNames(false);
        if (names == null) {
            return Tuple.of(IntStream.range(0, row.getArity())
                    .mapToObj(i -> withoutRows(row.getField(i)))
                    .toArray());
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        names.forEach(name -> entries.put(name, withoutRows(row.getField(name))));
        return entries;
    }

    private static MirrorException error(Column column, int number, String what) {
        return new MirrorException("row " + number + ", column \"" + column.name() + "\": " + what);
    }
}
