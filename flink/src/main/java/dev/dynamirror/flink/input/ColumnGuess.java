package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import org.jspecify.annotations.Nullable;

/** A column's type as the texts of its cells let us guess it. */
final class ColumnGuess {

    private final String name;
    private final SeenKinds kinds = new SeenKinds();
    private boolean emptySeen;
    private long present;

    ColumnGuess(String name) {
        this.name = name;
    }

    /** Learns from a cell, which is null if it is absent. */
    void see(long line, @Nullable String cell) {
        if (cell == null) {
            return;
        }
        present++;
        if (cell.isEmpty()) {
            emptySeen = true;
        } else {
            kinds.add(CellKind.ofText(cell), line);
        }
    }

    /**
     * The column: what fits no narrower type is a {@code str}.
     *
     * <p>An integer beyond 64 bits makes the column a {@code str} too, for a {@code float} would lose its last digits.
     *
     * @param rows the number of rows that were looked at
     */
    Column column(long rows) {
        ScalarType type = kinds.commonType().orElse(ScalarType.STR);
        boolean emptyIsAbsent = emptySeen && type != ScalarType.STR;
        return new Column(name, present < rows || emptyIsAbsent ? type.optional() : type);
    }
}
