package dev.dynamirror.flink.sink;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.InputGroup;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows without a value in a key column from the others. It is a function of ours, and not {@code IS NULL}, so that
 * no source is asked for the ones and the others, and read twice.
 */
public final class KeyAbsent extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    /** Called by Flink for each row. */
    public boolean eval(@DataTypeHint(inputGroup = InputGroup.ANY) @Nullable Object value) {
        return value == null;
    }
}
