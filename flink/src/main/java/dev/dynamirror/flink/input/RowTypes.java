package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

/** The types that Flink gives a live table's rows while they travel as {@link Row}s. */
final class RowTypes {

    private RowTypes() {}

    /** The type of the rows of a live table: positional, named as its columns, each value as Java has it. */
    static TypeInformation<Row> of(Schema schema) {
        String[] names = schema.names().toArray(String[]::new);
        TypeInformation<?>[] types = schema.columns().stream()
                .map(Column::type)
                .map(type -> of(scalar(type)))
                .toArray(TypeInformation<?>[]::new);
        return Types.ROW_NAMED(names, types);
    }

    private static TypeInformation<?> of(ScalarType type) {
        return switch (type) {
            case BOOL -> Types.BOOLEAN;
            case INT -> Types.LONG;
            case FLOAT -> Types.DOUBLE;
            case STR -> Types.STRING;
            case BYTES -> PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
            case DATETIME_NAIVE -> Types.LOCAL_DATE_TIME;
            case DATETIME_UTC -> Types.INSTANT;
        };
    }

    /** The scalar that a type is, absent or not; every type is one so far. */
    static ScalarType scalar(LiveType type) {
        if (type.required() instanceof ScalarType scalar) {
            return scalar;
        }
        throw new IllegalArgumentException("no scalar: " + type);
    }
}
