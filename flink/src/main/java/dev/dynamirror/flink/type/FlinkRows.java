package dev.dynamirror.flink.type;

import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a live table on their way into a Flink table: {@link Row}s whose values are those of Flink's runtime, so
 * that nothing of them is lost or changed by being converted on the way.
 */
public final class FlinkRows {

    private final List<FlinkValues.Writer> writers;

    private FlinkRows(List<FlinkValues.Writer> writers) {
        this.writers = writers;
    }

    /** What makes the rows of a live table with that schema. */
    public static FlinkRows of(Schema schema) {
        return new FlinkRows(schema.columns().stream()
                .map(column ->
                        FlinkValues.writer(LiveTypes.dataType(column.type()).getLogicalType(), column.type()))
                .toList());
    }

    /** The type of the rows: positional, named as the columns. */
    public static TypeInformation<Row> type(Schema schema) {
        return ExternalTypeInfo.of(dataType(schema));
    }

    /** The type of the rows as Flink's runtime knows it. */
    public static RowType rowType(Schema schema) {
        return (RowType) dataType(schema).getLogicalType();
    }

    private static DataType dataType(Schema schema) {
        DataTypes.Field[] fields = schema.columns().stream()
                .map(column -> DataTypeOfLiveType.field(column.name(), columnType(column.type())))
                .toArray(DataTypes.Field[]::new);
        return DataTypes.ROW(fields).notNull();
    }

    /** The columns as Flink's schema for {@code fromChangelogStream}. */
    public static org.apache.flink.table.api.Schema columns(Schema schema) {
        org.apache.flink.table.api.Schema.Builder columns = org.apache.flink.table.api.Schema.newBuilder();
        schema.columns().forEach(column -> columns.column(column.name(), columnType(column.type())));
        return columns.build();
    }

    /**
     * A column's value as Flink's runtime has it.
     *
     * @param column the column's position
     * @param value a value of the class that stands for the column's type, or null for an absent one
     * @throws IllegalValueException if Flink's type would not keep the value
     */
    public @Nullable Object value(int column, @Nullable Object value) {
        return value == null ? null : writers.get(column).apply(value);
    }

    private static DataType columnType(LiveType type) {
        return LiveTypes.dataType(type).toInternal();
    }
}
