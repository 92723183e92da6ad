package dev.dynamirror.mirror;

import dev.dynamirror.read.ItemPosition;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A row that was read, and its place in the table. */
public final class ReadRow {

    private final List<@Nullable Object> values;
    private final Supplier<ItemPosition> position;

    ReadRow(List<@Nullable Object> values, Supplier<ItemPosition> position) {
        this.values = values;
        this.position = position;
    }

    /** The columns' values in the order of the schema; an absent one is null. */
    public List<@Nullable Object> values() {
        return values;
    }

    /** Where reading goes on behind this row. */
    public ItemPosition position() {
        return position.get();
    }
}
