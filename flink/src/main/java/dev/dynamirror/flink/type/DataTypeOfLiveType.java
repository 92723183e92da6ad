package dev.dynamirror.flink.type;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.LongNdArray;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.TupleType;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/**
 * Flink's type for each live type.
 *
 * <p>RAW types and structured ones may always be null: Flink can't compare one that may be with one that may not, nor
 * union them.
 */
final class DataTypeOfLiveType implements LiveTypeVisitor<DataType> {

    /** Flink keeps a time of day in milliseconds, whatever the type says. */
    private static final int DIGITS_OF_TIME = 3;

    private static final int DIGITS_OF_DATETIME = 9;

    @Override
    public DataType scalar(ScalarType type) {
        return switch (type) {
            case BOOL -> DataTypes.BOOLEAN().notNull();
            case INT -> DataTypes.BIGINT().notNull();
            case FLOAT -> DataTypes.DOUBLE().notNull();
            case STR -> DataTypes.STRING().notNull();
            case BYTES -> DataTypes.BYTES().notNull();
            case DATETIME_NAIVE -> DataTypes.TIMESTAMP(DIGITS_OF_DATETIME).notNull();
            case DATETIME_UTC -> DataTypes.TIMESTAMP_LTZ(DIGITS_OF_DATETIME).notNull();
            case DATE -> DataTypes.DATE().notNull();
            case TIME -> DataTypes.TIME(DIGITS_OF_TIME).notNull();
            case DURATION -> DataTypes.RAW(Duration.class, DurationSerializer.INSTANCE);
            case JSON -> DataTypes.RAW(Json.class, JsonSerializer.INSTANCE);
            case POINTER -> DataTypes.RAW(Pointer.class, PointerSerializer.INSTANCE);
            case OBJECT -> DataTypes.RAW(ObjectWrapper.class, ObjectWrapperSerializer.INSTANCE);
        };
    }

    @Override
    public DataType decimal(DecimalType type) {
        if (type.precision() > org.apache.flink.table.types.logical.DecimalType.MAX_PRECISION) {
            throw new MirrorException("the type " + type + " has more digits than Flink's DECIMAL, which has at most "
                    + org.apache.flink.table.types.logical.DecimalType.MAX_PRECISION + "; use str for such numbers");
        }
        return DataTypes.DECIMAL(type.precision(), type.scale()).notNull();
    }

    @Override
    public DataType ndArray(NdArrayType type) {
        boolean integers = type == NdArrayType.INT;
        return DataTypes.STRUCTURED(
                integers ? LongNdArray.class : DoubleNdArray.class,
                DataTypes.FIELD("shape", array(DataTypes.BIGINT(), long[].class)),
                DataTypes.FIELD(
                        "elements",
                        integers
                                ? array(DataTypes.BIGINT(), long[].class)
                                : array(DataTypes.DOUBLE(), double[].class)));
    }

    @Override
    public DataType list(ListType type) {
        return DataTypes.ARRAY(type.element().accept(this)).notNull();
    }

    @Override
    public DataType tuple(TupleType type) {
        return DataTypes.ROW(IntStream.range(0, type.elements().size())
                        .mapToObj(i ->
                                DataTypes.FIELD("f" + i, type.elements().get(i).accept(this)))
                        .toArray(DataTypes.Field[]::new))
                .notNull();
    }

    @Override
    public DataType map(MapType type) {
        return DataTypes.MAP(DataTypes.STRING().notNull(), type.value().accept(this))
                .notNull();
    }

    @Override
    public DataType document(DocumentType type) {
        return DataTypes.ROW(type.fields().columns().stream().map(this::field).toArray(DataTypes.Field[]::new))
                .notNull();
    }

    @Override
    public DataType mixed(MixedType type) {
        throw new IllegalArgumentException("JSON tells the types apart: " + type);
    }

    @Override
    public DataType optional(OptionalType type) {
        return type.required().accept(this).nullable();
    }

    /**
     * A column or a field of a row, as Flink has it.
     *
     * @throws MirrorException if Flink has no such name
     */
    static DataTypes.Field field(String name, DataType type) {
        if (name.isBlank()) {
            throw new MirrorException("a column or a field of a row has the name \"" + name
                    + "\", but Flink takes no name of white space alone");
        }
        return DataTypes.FIELD(name, type);
    }

    private DataTypes.Field field(Column column) {
        return field(column.name(), column.type().accept(this));
    }

    private static DataType array(DataType element, Class<?> bridge) {
        return DataTypes.ARRAY(element.notNull()).notNull().bridgedTo(bridge);
    }
}
