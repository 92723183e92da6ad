package dev.dynamirror.flink.sink;

import dev.dynamirror.client.Connection;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import org.apache.flink.runtime.execution.Environment;

/**
 * A table that must be there, and is compared in any case.
 *
 * @param plan what it is to be the mirror of
 */
record ExistingTable(MirrorPlan plan) implements TableOfItems {

    @Override
    public boolean await(Environment environment) {
        try (Connection connection = Connection.open(plan.settings().connection())) {
            new TablePreparer(connection.client()).prepare(plan.table(), InitMode.DEFAULT);
            return true;
        }
    }
}
