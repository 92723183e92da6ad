package dev.dynamirror.flink.sink;

import dev.dynamirror.item.AttributeWriter;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.item.RowEncoder.AttributeColumn;
import dev.dynamirror.item.RowEncoder.KeyColumn;
import dev.dynamirror.mirror.MirrorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Makes the encoder for Flink's rows: for each column one that knows where its value is and what it is. */
final class RowDataEncoder {

    private RowDataEncoder() {}

    static RowEncoder<RowData> of(MirrorSettings settings, RowType rowType) {
        List<String> keyColumns = MirrorPlan.keyColumns(settings);
        List<AttributeColumn<RowData>> attributes = new ArrayList<>();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            String name = rowType.getFieldNames().get(i);
            if (!keyColumns.contains(name)) {
                attributes.add(new AttributeColumn<>(name, encoder(rowType.getTypeAt(i), i)));
            }
        }
        return new RowEncoder<>(
                settings.tableName(),
                keyColumn(rowType, settings.partitionKey()),
                settings.sortKey() == null ? null : keyColumn(rowType, settings.sortKey()),
                attributes);
    }

    private static KeyColumn<RowData> keyColumn(RowType rowType, String name) {
        int position = rowType.getFieldIndex(name);
        Function<RowData, KeyAttribute> reader = keyReader(rowType.getTypeAt(position), position);
        return new KeyColumn<>(name, row -> row.isNullAt(position) ? null : reader.apply(row));
    }

    private static Function<RowData, KeyAttribute> keyReader(LogicalType type, int at) {
        int precision = precision(type);
        return switch (type.getTypeRoot()) {
            case TINYINT -> row -> KeyAttribute.number((long) row.getByte(at));
            case SMALLINT -> row -> KeyAttribute.number((long) row.getShort(at));
            case INTEGER -> row -> KeyAttribute.number((long) row.getInt(at));
            case BIGINT -> row -> KeyAttribute.number(row.getLong(at));
            case FLOAT -> row -> KeyAttribute.number(row.getFloat(at));
            case DOUBLE -> row -> KeyAttribute.number(row.getDouble(at));
            case CHAR, VARCHAR -> row -> KeyAttribute.string(row.getString(at).toString());
            case BINARY, VARBINARY -> row -> KeyAttribute.binary(row.getBinary(at));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                row -> KeyAttribute.naiveDatetime(
                        row.getTimestamp(at, precision).toLocalDateTime());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                row -> KeyAttribute.utcDatetime(row.getTimestamp(at, precision).toInstant());
            default -> throw new IllegalArgumentException("no type of a key: " + type);
        };
    }

    private static BiConsumer<RowData, AttributeWriter> encoder(LogicalType type, int at) {
        BiConsumer<RowData, AttributeWriter> required = requiredEncoder(type, at);
        if (!type.isNullable()) {
            return required;
        }
        return (row, out) -> {
            if (row.isNullAt(at)) {
                out.absent();
            } else {
                required.accept(row, out);
            }
        };
    }

    private static BiConsumer<RowData, AttributeWriter> requiredEncoder(LogicalType type, int at) {
        int precision = precision(type);
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (row, out) -> out.bool(row.getBoolean(at));
            case TINYINT -> (row, out) -> out.number((long) row.getByte(at));
            case SMALLINT -> (row, out) -> out.number((long) row.getShort(at));
            case INTEGER -> (row, out) -> out.number((long) row.getInt(at));
            case BIGINT -> (row, out) -> out.number(row.getLong(at));
            case FLOAT -> (row, out) -> out.number(row.getFloat(at));
            case DOUBLE -> (row, out) -> out.number(row.getDouble(at));
            case CHAR, VARCHAR -> (row, out) -> out.string(row.getString(at).toString());
            case BINARY, VARBINARY -> (row, out) -> out.binary(row.getBinary(at));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                (row, out) -> out.naiveDatetime(row.getTimestamp(at, precision).toLocalDateTime());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                (row, out) -> out.utcDatetime(row.getTimestamp(at, precision).toInstant());
            default -> throw new IllegalArgumentException("no type that is written: " + type);
        };
    }

    /** The digits of a timestamp's fraction of a second; not looked at for other types. */
    private static int precision(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> LogicalTypeChecks.getPrecision(type);
            default -> 0;
        };
    }
}
