package dev.dynamirror.flink.type;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LongNdArray;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.TupleType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/** Which live type a Flink type is, and the other way round. */
public final class LiveTypes {

    private static final String HINTS = "a pointer or a json can be in a STRING, a duration in a BIGINT of nanoseconds,"
            + " an object in BYTES, an ndarray in a ROW of the arrays shape and elements";

    private LiveTypes() {}

    /**
     * The live table that has the columns of a Flink row.
     *
     * <p>A nullable column is optional; but one of the key is not, as Flink's columns are nullable unless one says
     * otherwise, so that a key's absence is checked row by row.
     *
     * @param mirrorName the mirror's name, for error texts
     * @param given the types of those columns that Flink's type does not tell, or null
     * @throws MirrorException if a column has a type that can't be written, or a type is given that doesn't go with
     *     Flink's, or of no column; the message names it
     */
    public static Schema schema(String mirrorName, RowType row, List<String> keyColumns, @Nullable Schema given) {
        return schema(new Use("mirror " + mirrorName, "written"), row, keyColumns, given);
    }

    private static Schema schema(Use use, RowType row, List<String> keyColumns, @Nullable Schema given) {
        if (given != null) {
            requireColumns(use, row, given);
        }
        return new Schema(row.getFields().stream()
                .map(field -> {
                    LiveType type = type(use, field, given);
                    boolean optional = field.getType().isNullable() && !keyColumns.contains(field.getName());
                    return new Column(field.getName(), optional ? type.optional() : type);
                })
                .toList());
    }

    /**
     * The columns of a table that is read by Flink's types.
     *
     * @param tableName the table's name, for error texts
     * @param key the columns of the table's key, which are never absent
     * @param given the types of those columns that Flink's type does not tell, or null
     * @throws MirrorException if a column has a type that can't be read, or a type is given that doesn't go with Flink's,
     *     or of no column; the message names it
     */
    public static Schema readSchema(String tableName, RowType row, List<String> key, @Nullable Schema given) {
        return schema(new Use("table " + tableName, "read"), row, key, given);
    }

    /**
     * The Flink type of a live type: not null unless the type is optional, or one of Flink's RAW or structured types. It
     * is that of JSON, which tells the types apart, if values may be of several types.
     *
     * @throws MirrorException if Flink has no such type, as for decimals of more than 38 digits
     */
    public static DataType dataType(LiveType type) {
        return (type.isMixed() ? ScalarType.JSON : type).accept(new DataTypeOfLiveType());
    }

    /**
     * The live type of a Flink type, if it has one: never an optional one, but what is nested in it is optional where
     * Flink's type is nullable.
     */
    public static Optional<LiveType> of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> Optional.of(ScalarType.BOOL);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> Optional.of(ScalarType.INT);
            case FLOAT, DOUBLE -> Optional.of(ScalarType.FLOAT);
            case DECIMAL ->
                Optional.of(new DecimalType(LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type)));
            case CHAR, VARCHAR -> Optional.of(ScalarType.STR);
            case BINARY, VARBINARY -> Optional.of(ScalarType.BYTES);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> Optional.of(ScalarType.DATETIME_NAIVE);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(ScalarType.DATETIME_UTC);
            case DATE -> Optional.of(ScalarType.DATE);
            case TIME_WITHOUT_TIME_ZONE -> Optional.of(ScalarType.TIME);
            case INTERVAL_DAY_TIME -> Optional.of(ScalarType.DURATION);
            case VARIANT -> Optional.of(ScalarType.JSON);
            case ARRAY -> element(((ArrayType) type).getElementType()).map(ListType::new);
            case MAP -> map((org.apache.flink.table.types.logical.MapType) type);
            case ROW -> row((RowType) type);
            case STRUCTURED_TYPE -> structured((StructuredType) type);
            case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
            case RAW -> raw((RawType<?>) type);
            default -> Optional.empty();
        };
    }

    /**
     * What the types are for, in error texts.
     *
     * @param what the mirror or the table
     * @param done what is done with values: written or read
     */
    private record Use(String what, String done) {}

    private static LiveType type(Use use, RowType.RowField field, @Nullable Schema given) {
        Optional<LiveType> wanted = Optional.ofNullable(given)
                .flatMap(schema -> schema.column(field.getName()))
                .map(Column::type);
        if (wanted.isEmpty()) {
            return of(field.getType()).orElseThrow(() -> unsupported(use, field));
        }
        LiveType type = wanted.get().required();
        LiveType inFlink = type.isMixed() ? ScalarType.JSON : type;
        if (!FlinkValues.fits(field.getType(), inFlink)) {
            throw new MirrorException(use.what + ": column \"" + field.getName() + "\" is given the type "
                    + type + ", but has Flink's type " + typeText(field.getType())
                    + ", whose values are none; " + HINTS);
        }
        return type;
    }

    private static void requireColumns(Use use, RowType row, Schema given) {
        for (String name : given.names()) {
            if (!row.getFieldNames().contains(name)) {
                throw new MirrorException(use.what + ": the column \"" + name
                        + "\", of which a type is given, is not a column of the live table; its columns are "
                        + String.join(", ", row.getFieldNames()));
            }
        }
    }

    private static Optional<LiveType> element(LogicalType type) {
        return of(type).map(live -> type.isNullable() ? live.optional() : live);
    }

    private static Optional<LiveType> map(org.apache.flink.table.types.logical.MapType type) {
        return type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)
                ? element(type.getValueType()).map(MapType::new)
                : Optional.empty();
    }

    private static Optional<LiveType> row(RowType type) {
        List<Optional<LiveType>> types =
                type.getChildren().stream().map(LiveTypes::element).toList();
        if (types.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<LiveType> all = types.stream().flatMap(Optional::stream).toList();
        return Optional.of(hasNames(type.getFieldNames()) ? document(type.getFieldNames(), all) : new TupleType(all));
    }

    private static Optional<LiveType> structured(StructuredType type) {
        Class<?> implementation = type.getImplementationClass().orElse(null);
        if (implementation == LongNdArray.class) {
            return Optional.of(NdArrayType.INT);
        }
        if (implementation == DoubleNdArray.class) {
            return Optional.of(NdArrayType.FLOAT);
        }
        List<String> names = type.getAttributes().stream()
                .map(StructuredType.StructuredAttribute::getName)
                .toList();
        List<LiveType> types = type.getChildren().stream()
                .map(LiveTypes::element)
                .flatMap(Optional::stream)
                .toList();
        return types.size() == names.size() && !names.isEmpty()
                ? Optional.of(document(names, types))
                : Optional.empty();
    }

    private static LiveType document(List<String> names, List<LiveType> types) {
        return new DocumentType(new Schema(Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .map(i -> new Column(names.get(i), types.get(i)))
                .toList()));
    }

    /** Whether a row's fields have names of their own, and not those that Flink gives by position. */
    private static boolean hasNames(List<String> names) {
        boolean numbered = true;
        boolean expressions = true;
        for (int i = 0; i < names.size(); i++) {
            numbered &= names.get(i).equals("f" + i);
            expressions &= names.get(i).equals("EXPR$" + i);
        }
        return !numbered && !expressions;
    }

    private static Optional<LiveType> raw(RawType<?> type) {
        Class<?> origin = type.getOriginatingClass();
        if (origin == Pointer.class) {
            return Optional.of(ScalarType.POINTER);
        }
        if (origin == Json.class) {
            return Optional.of(ScalarType.JSON);
        }
        if (origin == Duration.class) {
            return Optional.of(ScalarType.DURATION);
        }
        if (origin == ObjectWrapper.class) {
            return Optional.of(ScalarType.OBJECT);
        }
        return Optional.empty();
    }

    private static MirrorException unsupported(Use use, RowType.RowField field) {
        return new MirrorException(use.what + ": column \"" + field.getName() + "\" has the type "
                + typeText(field.getType())
                + ", which can't be " + use.done
                + "; the types that can are BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT,"
                + " DOUBLE, DECIMAL, CHAR, VARCHAR, STRING, BINARY, VARBINARY, BYTES, DATE, TIME, TIMESTAMP,"
                + " TIMESTAMP_LTZ, INTERVAL DAY TO SECOND, VARIANT, and ARRAY, MAP with keys of STRING, and ROW of these;"
                + " cast the column to one of them");
    }

    private static String typeText(LogicalType type) {
        return type.copy(true).asSummaryString();
    }
}
