package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Which live type a Flink type is, and the other way round. */
public final class LiveTypes {

    private LiveTypes() {}

    /**
     * The live table that has the columns of a Flink row.
     *
     * <p>A nullable column is optional; but one of the key is not, as Flink's columns are nullable unless one says
     * otherwise, so that a key's absence is checked row by row.
     *
     * @param mirrorName the mirror's name, for error texts
     * @throws MirrorException if a column has a type that can't be written; the message names it
     */
    public static Schema schema(String mirrorName, RowType row, List<String> keyColumns) {
        return new Schema(row.getFields().stream()
                .map(field -> {
                    LiveType type = scalar(field.getType()).orElseThrow(() -> unsupported(mirrorName, field));
                    boolean optional = field.getType().isNullable() && !keyColumns.contains(field.getName());
                    return new Column(field.getName(), optional ? type.optional() : type);
                })
                .toList());
    }

    /** The Flink type of a live type, not null unless the type is optional. */
    public static DataType dataType(LiveType type) {
        DataType required = dataType((ScalarType) type.required());
        return type.isOptional() ? required.nullable() : required.notNull();
    }

    private static DataType dataType(ScalarType type) {
        return switch (type) {
            case BOOL -> DataTypes.BOOLEAN();
            case INT -> DataTypes.BIGINT();
            case FLOAT -> DataTypes.DOUBLE();
            case STR -> DataTypes.STRING();
            case BYTES -> DataTypes.BYTES();
            case DATETIME_NAIVE -> DataTypes.TIMESTAMP(9);
            case DATETIME_UTC -> DataTypes.TIMESTAMP_LTZ(9);
        };
    }

    static Optional<ScalarType> scalar(LogicalType type) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> ScalarType.BOOL;
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> ScalarType.INT;
                    case FLOAT, DOUBLE -> ScalarType.FLOAT;
                    case CHAR, VARCHAR -> ScalarType.STR;
                    case BINARY, VARBINARY -> ScalarType.BYTES;
                    case TIMESTAMP_WITHOUT_TIME_ZONE -> ScalarType.DATETIME_NAIVE;
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ScalarType.DATETIME_UTC;
                    default -> null;
                });
    }

    private static MirrorException unsupported(String mirrorName, RowType.RowField field) {
        return new MirrorException("mirror " + mirrorName + ": column \"" + field.getName() + "\" has the type "
                + field.getType().copy(true).asSummaryString()
                + ", which can't be written yet; the types that can are BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT,"
                + " DOUBLE, CHAR, VARCHAR, STRING, BINARY, VARBINARY, BYTES, TIMESTAMP and TIMESTAMP_LTZ");
    }
}
