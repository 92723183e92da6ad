package dev.dynamirror.flink.source;

import dev.dynamirror.mirror.ReadRow;
import org.jspecify.annotations.Nullable;

/** How far a split has been given to Flink. */
final class SplitProgress {

    private final TableSplit split;
    private @Nullable ReadRow last;

    SplitProgress(TableSplit split) {
        this.split = split;
    }

    /** Notes that Flink has that row. */
    void gave(ReadRow row) {
        last = row;
    }

    /** The split as it has to be read from here on. */
    TableSplit toSplit() {
        return last == null ? split : split.from(last.position());
    }
}
