package dev.dynamirror.flink.type;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.AttributeWriter;
import dev.dynamirror.item.CanonicalValues;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Tuple;
import dev.dynamirror.value.TupleType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.variant.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Makes, for each live type, what reads its values from those of a Flink type; nothing if values of the Flink type can't
 * be of the live type.
 */
final class FlinkReaders implements LiveTypeVisitor<Optional<FlinkValues.Reader>> {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LogicalType physical;

    FlinkReaders(LogicalType physical) {
        this.physical = physical instanceof DistinctType distinct ? distinct.getSourceType() : physical;
    }

    @Override
    public Optional<FlinkValues.Reader> scalar(ScalarType type) {
        return Optional.ofNullable(
                switch (physical.getTypeRoot()) {
                    case RAW -> isOf(type) ? raw() : null;
                    case CHAR, VARCHAR -> text(type);
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(type);
                    case BINARY, VARBINARY -> binary(type);
                    case TIMESTAMP_WITHOUT_TIME_ZONE ->
                        isOf(type) ? value -> ((TimestampData) value).toLocalDateTime() : null;
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                        isOf(type) ? value -> ((TimestampData) value).toInstant() : null;
                    case DATE -> isOf(type) ? value -> LocalDate.ofEpochDay((int) value) : null;
                    case TIME_WITHOUT_TIME_ZONE ->
                        isOf(type) ? value -> LocalTime.ofNanoOfDay((int) value * NANOS_PER_MILLI) : null;
                    case INTERVAL_DAY_TIME -> isOf(type) ? value -> Duration.ofMillis((long) value) : null;
                    case VARIANT ->
                        isOf(type) ? value -> parsed(type, () -> Json.parse(((Variant) value).toJson())) : null;
                    case BOOLEAN, DOUBLE -> isOf(type) ? value -> value : null;
                    case FLOAT -> isOf(type) ? value -> CanonicalValues.widened((float) value) : null;
                    default -> null;
                });
    }

    @Override
    public Optional<FlinkValues.Reader> decimal(DecimalType type) {
        return isOf(type) ? Optional.of(value -> ((DecimalData) value).toBigDecimal()) : Optional.empty();
    }

    @Override
    public Optional<FlinkValues.Reader> ndArray(NdArrayType type) {
        LiveType elements = new ListType(type == NdArrayType.INT ? ScalarType.INT : ScalarType.FLOAT);
        LiveType shape = new ListType(ScalarType.INT);
        boolean fits = switch (physical.getTypeRoot()) {
            case STRUCTURED_TYPE -> isOf(type);
            case ROW ->
                LogicalTypeChecks.getFieldNames(physical).equals(List.of("shape", "elements"))
                        && FlinkValues.fits(child(0), shape)
                        && FlinkValues.fits(child(1), elements);
            default -> false;
        };
        if (!fits) {
            return Optional.empty();
        }
        FlinkValues.Reader shapes = FlinkValues.reader(child(0), shape);
        FlinkValues.Reader contents = FlinkValues.reader(child(1), elements);
        return Optional.of(value -> {
            RowData array = (RowData) value;
            if (array.isNullAt(0) || array.isNullAt(1)) {
                throw new IllegalValueException(
                        "expected a value of the type " + type + ", but its shape or its elements are absent");
            }
            List<?> lengths = (List<?>) shapes.apply(array.getArray(0));
            List<?> numbers = (List<?>) contents.apply(array.getArray(1));
            return ndArray(type, lengths, numbers);
        });
    }

    @Override
    public Optional<FlinkValues.Reader> list(ListType type) {
        if (!physical.is(LogicalTypeRoot.ARRAY)) {
            return Optional.empty();
        }
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(child(0));
        return element(0, type.element()).map(reader -> value -> list((ArrayData) value, getter, reader));
    }

    @Override
    public Optional<FlinkValues.Reader> tuple(TupleType type) {
        return fields(type.elements()).map(readers -> value -> {
            RowData row = (RowData) value;
            return Tuple.of(readers.stream().map(field -> field.apply(row)).toArray());
        });
    }

    @Override
    public Optional<FlinkValues.Reader> map(MapType type) {
        if (!physical.is(LogicalTypeRoot.MAP) || !FlinkValues.fits(child(0), ScalarType.STR)) {
            return Optional.empty();
        }
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(child(0));
        ArrayData.ElementGetter values = ArrayData.createElementGetter(child(1));
        return element(1, type.value()).map(reader -> value -> {
            MapData map = (MapData) value;
            List<@Nullable Object> names = list(map.keyArray(), keys, FlinkReaders::string);
            List<@Nullable Object> contents = list(map.valueArray(), values, reader);
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                entries.put(names.get(i), contents.get(i));
            }
            return Collections.unmodifiableMap(entries);
        });
    }

    @Override
    public Optional<FlinkValues.Reader> document(DocumentType type) {
        List<String> names = type.fields().names();
        boolean isDocument = physical.is(LogicalTypeRoot.ROW) || physical.is(LogicalTypeRoot.STRUCTURED_TYPE);
        if (!isDocument || !LogicalTypeChecks.getFieldNames(physical).equals(names)) {
            return Optional.empty();
        }
        List<LiveType> types =
                type.fields().columns().stream().map(field -> field.type()).toList();
        return fields(types).map(readers -> value -> {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < readers.size(); i++) {
                entries.put(names.get(i), readers.get(i).apply((RowData) value));
            }
            return Collections.unmodifiableMap(entries);
        });
    }

    @Override
    public Optional<FlinkValues.Reader> mixed(MixedType type) {
        return Optional.empty();
    }

    @Override
    public Optional<FlinkValues.Reader> optional(OptionalType type) {
        return type.required().accept(this);
    }

    /** Reads the field of a row; null for an absent one. */
    @FunctionalInterface
    private interface FieldReader extends Function<RowData, @Nullable Object> {}

    private Optional<List<FieldReader>> fields(List<LiveType> types) {
        boolean isRow = physical.is(LogicalTypeRoot.ROW) || physical.is(LogicalTypeRoot.STRUCTURED_TYPE);
        if (!isRow || physical.getChildren().size() != types.size()) {
            return Optional.empty();
        }
        List<FieldReader> readers = IntStream.range(0, types.size())
                .mapToObj(i -> element(i, types.get(i)).map(reader -> field(i, reader)))
                .flatMap(Optional::stream)
                .toList();
        return readers.size() == types.size() ? Optional.of(readers) : Optional.empty();
    }

    private FieldReader field(int position, FlinkValues.Reader reader) {
        RowData.FieldGetter getter = RowData.createFieldGetter(child(position), position);
        return row -> {
            Object value = getter.getFieldOrNull(row);
            return value == null ? null : reader.apply(value);
        };
    }

    /** The reader of what is nested. */
    private Optional<FlinkValues.Reader> element(int position, LiveType type) {
        return FlinkValues.readerIfFits(child(position), type);
    }

    private LogicalType child(int position) {
        return physical.getChildren().get(position);
    }

    private boolean isOf(LiveType type) {
        return LiveTypes.of(physical).filter(type::equals).isPresent();
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the value is of the class that the type was made for
    private FlinkValues.Reader raw() {
        RawType type = (RawType) physical;
        return value -> ((RawValueData) value).toObject(type.getTypeSerializer());
    }

    private static FlinkValues.@Nullable Reader text(ScalarType type) {
        return switch (type) {
            case STR -> FlinkReaders::string;
            case JSON -> value -> parsed(type, () -> Json.parse(string(value)));
            case POINTER -> value -> parsed(type, () -> Pointer.parse(string(value)));
            default -> null;
        };
    }

    /** Flink's own decoder puts U+FFFD in the place of what is no UTF-8, and the string would be another one. */
    private static String string(Object value) {
        return value instanceof BinaryStringData string && string.getJavaObject() == null
                ? AttributeWriter.validUnicode(string.toBytes())
                : value.toString();
    }

    private static FlinkValues.@Nullable Reader integer(ScalarType type) {
        return switch (type) {
            case INT -> value -> ((Number) value).longValue();
            case DURATION -> value -> Duration.ofNanos(((Number) value).longValue());
            default -> null;
        };
    }

    private static FlinkValues.@Nullable Reader binary(ScalarType type) {
        return switch (type) {
            case BYTES -> value -> value;
            case OBJECT -> value -> parsed(type, () -> ObjectWrapper.ofBytes((byte[]) value));
            default -> null;
        };
    }

    private static List<@Nullable Object> list(
            ArrayData array, ArrayData.ElementGetter getter, FlinkValues.Reader reader) {
        List<@Nullable Object> values = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            Object value = getter.getElementOrNull(array, i);
            values.add(value == null ? null : reader.apply(value));
        }
        return Collections.unmodifiableList(values);
    }

    private static NdArray ndArray(NdArrayType type, List<?> shape, List<?> elements) {
        if (shape.contains(null) || elements.contains(null)) {
            throw new IllegalValueException(
                    "expected a value of the type " + type + ", but one of its numbers is absent");
        }
        long[] lengths = shape.stream().mapToLong(length -> (long) length).toArray();
        return (NdArray) parsed(
                type,
                () -> type == NdArrayType.INT
                        ? NdArray.of(
                                lengths,
                                elements.stream()
                                        .mapToLong(element -> (long) element)
                                        .toArray())
                        : NdArray.of(
                                lengths,
                                elements.stream()
                                        .mapToDouble(element -> (double) element)
                                        .toArray()));
    }

    private static Object parsed(LiveType type, Supplier<Object> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException | MirrorException e) {
            throw new IllegalValueException("expected a value of the type " + type + ": " + e.getMessage());
        }
    }
}
