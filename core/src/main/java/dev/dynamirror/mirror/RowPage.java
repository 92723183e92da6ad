package dev.dynamirror.mirror;

import dev.dynamirror.read.ItemPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one page of a table.
 *
 * @param rows the rows; there may be none though more pages follow
 * @param next where the next page begins, or null if this was the last
 */
public record RowPage(List<ReadRow> rows, @Nullable ItemPosition next) {

    /** Takes a copy of the list. */
    public RowPage {
        rows = List.copyOf(rows);
    }
}
