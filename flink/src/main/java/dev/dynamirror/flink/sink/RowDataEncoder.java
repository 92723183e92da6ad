package dev.dynamirror.flink.sink;

import dev.dynamirror.flink.type.FlinkValues;
import dev.dynamirror.item.AttributeWriter;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.JavaValues;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.item.RowEncoder.AttributeColumn;
import dev.dynamirror.item.RowEncoder.Columns;
import dev.dynamirror.item.RowEncoder.KeyColumn;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/** Makes the encoder for Flink's rows: for each column one that knows where its value is and what it is. */
final class RowDataEncoder {

    private RowDataEncoder() {}

    /**
     * An encoder for rows of that type.
     *
     * @param schema the live types of the row's columns
     * @param form which requests the changes are
     */
    static RowEncoder<RowData> of(MirrorSettings settings, RowType rowType, Schema schema, ChangeForm form) {
        List<String> keyColumns = settings.keyColumns();
        List<AttributeColumn<RowData>> attributes = new ArrayList<>();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            String name = rowType.getFieldNames().get(i);
            if (!keyColumns.contains(name)) {
                LiveType type = schema.columns().get(i).type();
                attributes.add(new AttributeColumn<>(name, encoder(rowType.getTypeAt(i), type, i)));
            }
        }
        String version = form.versionColumn();
        Columns<RowData> columns = new Columns<>(
                keyColumn(rowType, schema, settings.partitionKey()),
                settings.sortKey() == null ? null : keyColumn(rowType, schema, settings.sortKey()),
                attributes,
                version == null ? null : keyColumn(rowType, schema, version));
        return new RowEncoder<>(
                settings.tableName(), columns, form, settings.rows().unstorableNumbers());
    }

    private static KeyColumn<RowData> keyColumn(RowType rowType, Schema schema, String name) {
        int position = rowType.getFieldIndex(name);
        LiveType type = schema.columns().get(position).type();
        Function<RowData, KeyAttribute> reader = keyReader(rowType.getTypeAt(position), type, position);
        return new KeyColumn<>(name, row -> row.isNullAt(position) ? null : reader.apply(row));
    }

    private static Function<RowData, KeyAttribute> keyReader(LogicalType physical, LiveType type, int at) {
        if (type == ScalarType.STR) {
            return row -> FlinkStrings.key(row, at);
        }
        if (type == ScalarType.INT && physical.is(LogicalTypeRoot.BIGINT)) {
            return row -> KeyAttribute.number(row.getLong(at));
        }
        Function<RowData, @Nullable Object> value = value(physical, type, at);
        Function<Object, KeyAttribute> keys = JavaValues.keys(type);
        return row -> keys.apply(Objects.requireNonNull(value.apply(row)));
    }

    private static BiConsumer<RowData, AttributeWriter> encoder(LogicalType physical, LiveType type, int at) {
        BiConsumer<RowData, AttributeWriter> direct = directEncoder(physical, type.required(), at);
        if (direct == null) {
            Function<RowData, @Nullable Object> value = value(physical, type, at);
            BiConsumer<@Nullable Object, AttributeWriter> encoder = JavaValues.encoder(type);
            return (row, out) -> encoder.accept(value.apply(row), out);
        }
        if (!type.isOptional()) {
            return direct;
        }
        return (row, out) -> {
            if (row.isNullAt(at)) {
                out.absent();
            } else {
                direct.accept(row, out);
            }
        };
    }

    /** The encoder of the most common types, which makes no Java value on the way; null for others. */
    private static @Nullable BiConsumer<RowData, AttributeWriter> directEncoder(
            LogicalType physical, LiveType type, int at) {
        if (!(type instanceof ScalarType scalar)) {
            return null;
        }
        return switch (scalar) {
            case BOOL -> (row, out) -> out.bool(row.getBoolean(at));
            case INT -> directInteger(physical, at);
            case FLOAT ->
                switch (physical.getTypeRoot()) {
                    case FLOAT -> (row, out) -> out.number(row.getFloat(at));
                    default -> (row, out) -> out.number(row.getDouble(at));
                };
            case STR -> (row, out) -> FlinkStrings.write(row, at, out);
            case BYTES -> (row, out) -> out.binary(row.getBinary(at));
            case DATETIME_NAIVE -> naiveDatetime(LogicalTypeChecks.getPrecision(physical), at);
            case DATETIME_UTC -> {
                int precision = LogicalTypeChecks.getPrecision(physical);
                yield (row, out) ->
                        out.utcDatetime(row.getTimestamp(at, precision).toInstant());
            }
            default -> null;
        };
    }

    private static BiConsumer<RowData, AttributeWriter> naiveDatetime(int precision, int at) {
        boolean compact = TimestampData.isCompact(precision);
        return (row, out) -> {
            if (compact && row instanceof BinaryRowData) {
                // Its milliseconds stand there as a long, which spares an object.
                naiveDatetime(row.getLong(at), 0, out);
            } else {
                TimestampData value = row.getTimestamp(at, precision);
                naiveDatetime(value.getMillisecond(), value.getNanoOfMillisecond(), out);
            }
        };
    }

    private static void naiveDatetime(long millisecond, int nanoOfMillisecond, AttributeWriter out) {
        int nano = (int) Math.floorMod(millisecond, 1_000L) * 1_000_000 + nanoOfMillisecond;
        out.naiveDatetime(Math.floorDiv(millisecond, 1_000L), nano);
    }

    private static BiConsumer<RowData, AttributeWriter> directInteger(LogicalType physical, int at) {
        return switch (physical.getTypeRoot()) {
            case TINYINT -> (row, out) -> out.number((long) row.getByte(at));
            case SMALLINT -> (row, out) -> out.number((long) row.getShort(at));
            case INTEGER -> (row, out) -> out.number((long) row.getInt(at));
            default -> (row, out) -> out.number(row.getLong(at));
        };
    }

    /** Takes a column's Java value from a row; null for an absent one. */
    private static Function<RowData, @Nullable Object> value(LogicalType physical, LiveType type, int at) {
        RowData.FieldGetter getter = RowData.createFieldGetter(physical, at);
        FlinkValues.Reader reader = FlinkValues.reader(physical, type);
        return row -> {
            Object value = getter.getFieldOrNull(row);
            return value == null ? null : reader.apply(value);
        };
    }
}
