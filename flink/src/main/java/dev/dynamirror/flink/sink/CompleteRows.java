package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.source.legacy.InputFormatSourceFunction;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.apache.flink.table.data.RowData;

/** Whether rows can be compared with a table: only if it is known when all of them are there. */
final class CompleteRows {

    private CompleteRows() {}

    /**
     * Checks that the rows have an end.
     *
     * @throws MirrorException if one of their sources goes on, or the job runs in batch mode; the message names the source
     */
    static void check(MirrorPlan plan, DataStream<RowData> rows) {
        String mirror = "mirror " + plan.settings().name();
        if (rows.getExecutionEnvironment().getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                != RuntimeExecutionMode.STREAMING) {
            throw new MirrorException(
                    mirror + ": a table is compared with its live table in Flink's streaming mode only, also"
                            + " if the rows have an end; set execution.runtime-mode to streaming");
        }
        List<String> endless = rows.getTransformation().getTransitivePredecessors().stream()
                .filter(CompleteRows::goesOn)
                .map(Transformation::getName)
                .distinct()
                .toList();
        if (!endless.isEmpty()) {
            throw new MirrorException(mirror + ": its table can't be compared with its live table, as the source "
                    + String.join(", ", endless)
                    + " goes on and does not say when all rows that there are have come; give all of them as a"
                    + " snapshot that has an end, and the source as the changes that follow it (Live.write with both)");
        }
    }

    private static boolean goesOn(Transformation<?> transformation) {
        return transformation instanceof WithBoundedness source
                && source.getBoundedness() == Boundedness.CONTINUOUS_UNBOUNDED
                && !readsInputFormat(transformation);
    }

    /** Flink's older sources don't say that they end, not even VALUES; an input format always does. */
    @SuppressWarnings("deprecation") // Flink's planner uses it
    private static boolean readsInputFormat(Transformation<?> transformation) {
        return transformation instanceof LegacySourceTransformation<?> source
                && source.getOperator().getUserFunction() instanceof InputFormatSourceFunction;
    }
}
