package dev.dynamirror.flink;

import static org.apache.flink.types.RowKind.DELETE;
import static org.apache.flink.types.RowKind.INSERT;
import static org.apache.flink.types.RowKind.UPDATE_AFTER;
import static org.apache.flink.types.RowKind.UPDATE_BEFORE;

import dev.dynamirror.testkit.oracle.Change;
import dev.dynamirror.testkit.oracle.Row;
import java.util.function.BiConsumer;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.RowKind;

/** How a live table tells Flink its changes. */
enum RowForm {
    /** By key: each put, and each delete; a row that moves is deleted where it was. */
    UPSERTS(true),
    /** By key, with the row before each update. */
    KEYED_UPDATES(true),
    /** Without a key that the planner knows: each row that comes or goes, and both rows of an update. */
    UPDATES(false),
    /** Without a key: an update is the old row's delete and the new one's insert. */
    DELETES_AND_INSERTS(false);

    private final boolean keyed;

    RowForm(boolean keyed) {
        this.keyed = keyed;
    }

    /** Whether the planner knows the key; if not, it lets its materializer look after rows that share one. */
    boolean isKeyed() {
        return keyed;
    }

    ChangelogMode mode() {
        return this == UPSERTS ? ChangelogMode.upsert() : ChangelogMode.all();
    }

    /** Gives the rows of a change. */
    void tell(Change change, BiConsumer<RowKind, Row> output) {
        Row before = change.before();
        Row after = change.after();
        if (before != null && after != null) {
            boolean moves = !before.key().equals(after.key());
            switch (this) {
                case UPSERTS -> {
                    if (moves) {
                        output.accept(DELETE, before);
                    }
                    output.accept(moves ? INSERT : UPDATE_AFTER, after);
                }
                case KEYED_UPDATES -> {
                    output.accept(moves ? DELETE : UPDATE_BEFORE, before);
                    output.accept(moves ? INSERT : UPDATE_AFTER, after);
                }
                case UPDATES -> {
                    output.accept(UPDATE_BEFORE, before);
                    output.accept(UPDATE_AFTER, after);
                }
                case DELETES_AND_INSERTS -> {
                    output.accept(DELETE, before);
                    output.accept(INSERT, after);
                }
            }
        } else if (after != null) {
            output.accept(INSERT, after);
        } else if (before != null) {
            output.accept(DELETE, before);
        }
    }
}
