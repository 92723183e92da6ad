package dev.dynamirror.flink.source;

import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.mirror.ReadSettings;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** A table as the planner reads it: bounded, its columns and its limit pushed down, its partition key's filter too. */
public final class DynamoDbTableSource
        implements ScanTableSource, SupportsProjectionPushDown, SupportsLimitPushDown, SupportsFilterPushDown {

    private final @Nullable Integer parallelism;
    private ReadPlan plan;

    private DynamoDbTableSource(ReadPlan plan, @Nullable Integer parallelism) {
        this.plan = plan;
        this.parallelism = parallelism;
    }

    /**
     * A source of a table.
     *
     * @param settings with the types of those columns that Flink's types don't tell, or without a schema
     * @param rowType Flink's types of the columns
     * @param key the columns of the table's key as they are declared; empty if they are not
     * @param parallelism how many readers there are, or null for as many as the planner gives
     * @throws dev.dynamirror.error.MirrorException if a column has a type that can't be read; the message names it
     */
    public static DynamoDbTableSource of(
            ReadSettings settings, RowType rowType, List<String> key, @Nullable Integer parallelism) {
        Schema schema = LiveTypes.readSchema(settings.tableName(), rowType, key, settings.schema());
        ReadSettings typed =
                new ReadSettings(settings.tableName(), schema, settings.unstorableNumbers(), settings.connection());
        return new DynamoDbTableSource(new ReadPlan(typed, rowType, key, null, Integer.MAX_VALUE), parallelism);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        // One partition is read by one reader.
        Integer readers = plan.selection() == null ? parallelism : Integer.valueOf(1);
        return SourceProvider.of(new DynamoDbSource(plan), readers);
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        List<Column> columns = plan.schema().columns();
        Schema projected = projectedFields.length == 0
                // Only the number of rows is wanted, but something has to be asked for.
                ? new Schema(columns.subList(0, 1))
                : new Schema(Arrays.stream(projectedFields)
                        .map(field -> columns.get(field[0]))
                        .toList());
        plan = plan.withColumns(projected, (RowType) producedDataType.getLogicalType());
    }

    @Override
    public void applyLimit(long limit) {
        plan = plan.withLimit((int) Math.min(limit, Integer.MAX_VALUE));
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        KeyFilter filter = KeyFilter.of(plan, filters);
        if (filter.selection() != null) {
            plan = plan.withSelection(filter.selection());
        }
        return Result.of(filter.accepted(), filter.left());
    }

    @Override
    public DynamicTableSource copy() {
        return new DynamoDbTableSource(plan, parallelism);
    }

    @Override
    public String asSummaryString() {
        return "dynamirror of " + plan.settings().tableName();
    }
}
