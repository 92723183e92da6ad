package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A column's type as its values let us guess it. */
final class ColumnGuess {

    private final String name;

    /** The kinds that were seen, each with the first line where it was. */
    private final Map<CellKind, Long> kinds = new EnumMap<>(CellKind.class);

    private boolean emptySeen;
    private long present;

    ColumnGuess(String name) {
        this.name = name;
    }

    /** Learns from a cell's text, which is null if the cell is absent. */
    void seeText(long line, @Nullable String cell) {
        if (cell == null) {
            return;
        }
        present++;
        if (cell.isEmpty()) {
            emptySeen = true;
        } else {
            kinds.putIfAbsent(CellKind.ofText(cell), line);
        }
    }

    /** Learns from a value whose kind its format tells. */
    void seeKind(long line, CellKind kind) {
        present++;
        kinds.putIfAbsent(kind, line);
    }

    /**
     * The column of a format without types: what fits no narrower type is a {@code str}.
     *
     * <p>An integer beyond 64 bits makes the column a {@code str} too, for a {@code float} would lose its last digits.
     *
     * @param rows the number of rows that were looked at
     */
    Column textColumn(long rows) {
        ScalarType type = commonType().orElse(ScalarType.STR);
        boolean emptyIsAbsent = emptySeen && type != ScalarType.STR;
        return column(type, present < rows || emptyIsAbsent);
    }

    /**
     * The column of a format whose values have types.
     *
     * @param rows the number of rows that were looked at
     * @throws dev.dynamirror.error.MirrorException if the values are of types that don't go together
     */
    Column typedColumn(Place file, long rows) {
        if (kinds.containsKey(CellKind.FLOAT) && only(CellKind.INT, CellKind.LARGE_INT, CellKind.FLOAT)) {
            return column(ScalarType.FLOAT, present < rows);
        }
        ScalarType type = commonType()
                .orElseThrow(() -> file.column(name)
                        .error("found " + kindsAndLines() + "; a schema must say which type the column has"));
        return column(type, present < rows);
    }

    /** The one type that takes all kinds that were seen, if there is one. */
    private Optional<ScalarType> commonType() {
        if (only(CellKind.STR)) {
            return Optional.of(ScalarType.STR);
        }
        if (only(CellKind.INT)) {
            return Optional.of(ScalarType.INT);
        }
        if (only(CellKind.INT, CellKind.FLOAT)) {
            return Optional.of(ScalarType.FLOAT);
        }
        return only(CellKind.BOOL) ? Optional.of(ScalarType.BOOL) : Optional.empty();
    }

    private boolean only(CellKind... allowed) {
        return Set.copyOf(Arrays.asList(allowed)).containsAll(kinds.keySet());
    }

    private Column column(LiveType type, boolean optional) {
        return new Column(name, optional ? type.optional() : type);
    }

    private String kindsAndLines() {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + " in line " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
