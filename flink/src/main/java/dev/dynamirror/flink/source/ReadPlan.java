package dev.dynamirror.flink.source;

import dev.dynamirror.flink.type.FlinkValues;
import dev.dynamirror.mirror.ReadSettings;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a table, as it travels to the tasks.
 *
 * @param settings the table, and the live types of the columns that are read
 * @param rowType Flink's types of the same columns; it may lack all of them if only the number of rows is wanted
 * @param key the names of the table's key attributes as they are declared; empty if they are not
 * @param selection the items of one partition key, or null for all
 * @param limit how many rows are enough, or {@link Integer#MAX_VALUE}
 */
record ReadPlan(
        ReadSettings settings,
        RowType rowType,
        List<String> key,
        ItemSelection.@Nullable Partition selection,
        int limit)
        implements Serializable {

    Schema schema() {
        return Objects.requireNonNull(settings.schema());
    }

    /** What makes Flink's values of those that are read, column by column. */
    List<FlinkValues.Writer> writers() {
        return IntStream.range(0, rowType.getFieldCount())
                .mapToObj(i -> {
                    LiveType type = schema().columns().get(i).type();
                    return FlinkValues.writer(rowType.getTypeAt(i), type.isMixed() ? ScalarType.JSON : type);
                })
                .toList();
    }

    ReadPlan withColumns(Schema columns, RowType types) {
        ReadSettings narrowed =
                new ReadSettings(settings.tableName(), columns, settings.unstorableNumbers(), settings.connection());
        return new ReadPlan(narrowed, types, key, selection, limit);
    }

    ReadPlan withSelection(ItemSelection.Partition partition) {
        return new ReadPlan(settings, rowType, key, partition, limit);
    }

    ReadPlan withLimit(int rows) {
        return new ReadPlan(settings, rowType, key, selection, rows);
    }
}
