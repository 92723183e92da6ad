package dev.dynamirror.testkit.oracle;

import java.util.List;

/**
 * Changes that become visible together, in their order.
 *
 * @param number which commit of the script it is, from 1
 */
public record Commit(int number, List<Change> changes) {

    /** Keeps a copy of the changes. */
    public Commit {
        changes = List.copyOf(changes);
    }
}
