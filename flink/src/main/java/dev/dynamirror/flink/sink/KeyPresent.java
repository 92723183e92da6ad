package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.InputGroup;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets a row pass that has a value in a key column; without it the planner would refuse an absent key itself, with
 * words that name no table.
 */
public final class KeyPresent extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    /**
     * Called by Flink for each row.
     *
     * @throws MirrorException if the value is null
     */
    public Boolean eval(
            @DataTypeHint(inputGroup = InputGroup.ANY) @Nullable Object value, String tableName, String column) {
        if (value == null) {
            MirrorException absent = new MirrorException("table " + tableName + ": column \"" + column
                    + "\" of a row: the key is absent, and every item needs one");
            throw Unrecoverable.of(RefusedRows.failure(String.valueOf(absent.getMessage()), absent));
        }
        return true;
    }
}
