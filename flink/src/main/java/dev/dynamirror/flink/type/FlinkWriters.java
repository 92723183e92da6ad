package dev.dynamirror.flink.type;

import dev.dynamirror.item.AttributeWriter;
import dev.dynamirror.item.CanonicalValues;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.LongNdArray;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Tuple;
import dev.dynamirror.value.TupleType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/**
 * Makes, for each live type and a Flink type that {@link FlinkValues#fits} it, what turns Java's values into those of
 * Flink's runtime.
 */
final class FlinkWriters implements LiveTypeVisitor<FlinkValues.Writer> {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final LogicalType physical;

    FlinkWriters(LogicalType physical) {
        this.physical = physical;
    }

    @Override
    public FlinkValues.Writer scalar(ScalarType type) {
        return switch (type) {
            case BOOL, BYTES -> value -> value;
            case INT -> integer();
            case FLOAT -> physical.is(LogicalTypeRoot.FLOAT) ? value -> single((Double) value) : value -> value;
            case STR -> value -> text((String) value);
            case DATETIME_NAIVE -> value -> naive((LocalDateTime) value);
            case DATETIME_UTC -> value -> utc((Instant) value);
            case DATE -> value -> days((LocalDate) value);
            case TIME -> value -> millis((LocalTime) value);
            case DURATION -> duration();
            case JSON, POINTER ->
                physical.is(LogicalTypeRoot.RAW)
                        ? RawValueData::fromObject
                        : value -> StringData.fromString(value.toString());
            case OBJECT ->
                physical.is(LogicalTypeRoot.RAW)
                        ? RawValueData::fromObject
                        : value -> ((ObjectWrapper<?>) value).toBytes();
        };
    }

    @Override
    public FlinkValues.Writer decimal(DecimalType type) {
        return value -> DecimalData.fromBigDecimal((BigDecimal) value, type.precision(), type.scale());
    }

    @Override
    public FlinkValues.Writer ndArray(NdArrayType type) {
        FlinkValues.Writer shapes = required(0, new ListType(ScalarType.INT));
        FlinkValues.Writer elements =
                required(1, new ListType(type == NdArrayType.INT ? ScalarType.INT : ScalarType.FLOAT));
        boolean isOwn = physical.is(LogicalTypeRoot.STRUCTURED_TYPE);
        return value -> {
            NdArray array = (NdArray) value;
            if (!isOwn) {
                return GenericRowData.of(shapes.apply(boxed(array.shape())), elements.apply(boxedElements(array)));
            }
            GenericArrayData shape = new GenericArrayData(array.shape());
            return array instanceof LongNdArray integers
                    ? GenericRowData.of(shape, new GenericArrayData(integers.elements()))
                    : GenericRowData.of(shape, new GenericArrayData(((DoubleNdArray) array).elements()));
        };
    }

    @Override
    public FlinkValues.Writer list(ListType type) {
        Function<@Nullable Object, @Nullable Object> element = element(0, type.element());
        return value -> {
            List<?> elements = (List<?>) value;
            @Nullable Object[] values = new Object[elements.size()];
            for (int i = 0; i < values.length; i++) {
                try {
                    values[i] = element.apply(elements.get(i));
                } catch (IllegalValueException e) {
                    throw e.inElement(i);
                }
            }
            return new GenericArrayData(values);
        };
    }

    @Override
    public FlinkValues.Writer tuple(TupleType type) {
        List<Function<@Nullable Object, @Nullable Object>> elements = IntStream.range(
                        0, type.elements().size())
                .mapToObj(i -> element(i, type.elements().get(i)))
                .toList();
        return value -> {
            GenericRowData row = new GenericRowData(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                try {
                    row.setField(i, elements.get(i).apply(((Tuple) value).get(i)));
                } catch (IllegalValueException e) {
                    throw e.inElement(i);
                }
            }
            return row;
        };
    }

    /** The entries are sorted, for Flink takes maps for different if their entries come in another order. */
    @Override
    public FlinkValues.Writer map(MapType type) {
        Function<@Nullable Object, @Nullable Object> writer = element(1, type.value());
        return value -> {
            Map<StringData, @Nullable Object> entries = new LinkedHashMap<>();
            new TreeMap<>((Map<?, ?>) value).forEach((name, content) -> {
                try {
                    entries.put(text((String) name), writer.apply(content));
                } catch (IllegalValueException e) {
                    throw e.inField((String) name);
                }
            });
            return new GenericMapData(entries);
        };
    }

    @Override
    public FlinkValues.Writer document(DocumentType type) {
        List<String> names = type.fields().names();
        List<Function<@Nullable Object, @Nullable Object>> fields = IntStream.range(0, names.size())
                .mapToObj(i -> element(i, type.fields().columns().get(i).type()))
                .toList();
        return value -> {
            GenericRowData row = new GenericRowData(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                try {
                    row.setField(i, fields.get(i).apply(((Map<?, ?>) value).get(names.get(i))));
                } catch (IllegalValueException e) {
                    throw e.inField(names.get(i));
                }
            }
            return row;
        };
    }

    @Override
    public FlinkValues.Writer mixed(MixedType type) {
        throw new IllegalArgumentException("values of the type " + type + " have no Flink type of their own");
    }

    @Override
    public FlinkValues.Writer optional(OptionalType type) {
        return type.required().accept(this);
    }

    private Function<@Nullable Object, @Nullable Object> element(int position, LiveType type) {
        FlinkValues.Writer writer = required(position, type);
        return value -> value == null ? null : writer.apply(value);
    }

    private FlinkValues.Writer required(int position, LiveType type) {
        return type.accept(new FlinkWriters(physical.getChildren().get(position)));
    }

    private static List<Long> boxed(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    private static List<?> boxedElements(NdArray array) {
        return array instanceof LongNdArray integers
                ? boxed(integers.elements())
                : Arrays.stream(((DoubleNdArray) array).elements()).boxed().toList();
    }

    /** Widened by its digits, as it is read, the number must be the same. */
    private float single(double value) {
        float single = (float) value;
        if (Double.compare(CanonicalValues.widened(single), value) != 0) {
            throw misfit(value, "keeps about seven digits");
        }
        return single;
    }

    /** A string, unless it is one that Flink would write with question marks. */
    private static StringData text(String value) {
        return StringData.fromString(AttributeWriter.validUnicode(value));
    }

    private FlinkValues.Writer integer() {
        return switch (physical.getTypeRoot()) {
            case TINYINT -> value -> (byte) within((Long) value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> value -> (short) within((Long) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> value -> (int) within((Long) value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> value -> value;
        };
    }

    private long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw misfit(value, "holds " + least + " to " + most);
        }
        return value;
    }

    private FlinkValues.Writer duration() {
        return switch (physical.getTypeRoot()) {
            case RAW -> RawValueData::fromObject;
            case INTERVAL_DAY_TIME -> value -> millis((Duration) value);
            default ->
                value -> {
                    try {
                        return within(((Duration) value).toNanos(), Long.MIN_VALUE, Long.MAX_VALUE);
                    } catch (ArithmeticException e) {
                        throw misfit(value, "holds 64 bits of nanoseconds, which are 292 years");
                    }
                };
        };
    }

    private long millis(Duration value) {
        if (value.toNanosPart() % NANOS_PER_MILLI != 0) {
            throw misfit(value, "keeps milliseconds only");
        }
        try {
            return value.toMillis();
        } catch (ArithmeticException e) {
            throw misfit(value, "holds 64 bits of milliseconds");
        }
    }

    private int days(LocalDate value) {
        long days = value.toEpochDay();
        if (days != (int) days) {
            throw misfit(value, "holds 32 bits of days");
        }
        return (int) days;
    }

    private int millis(LocalTime value) {
        if (value.toNanoOfDay() % NANOS_PER_MILLI != 0) {
            throw misfit(value, "keeps milliseconds only");
        }
        return (int) (value.toNanoOfDay() / NANOS_PER_MILLI);
    }

    private TimestampData naive(LocalDateTime value) {
        TimestampData data = TimestampData.fromLocalDateTime(value);
        if (!data.toLocalDateTime().equals(value)) {
            throw misfit(value, "holds 64 bits of milliseconds");
        }
        return timestamp(data, value);
    }

    private TimestampData utc(Instant value) {
        TimestampData data = TimestampData.fromInstant(value);
        if (!data.toInstant().equals(value)) {
            throw misfit(value, "holds 64 bits of milliseconds");
        }
        return timestamp(data, value);
    }

    private TimestampData timestamp(TimestampData data, Object value) {
        int digits = LogicalTypeChecks.getPrecision(physical);
        long unit = (long) Math.pow(10, 9 - digits);
        long nanos = data.getMillisecond() % 1000 * NANOS_PER_MILLI + data.getNanoOfMillisecond();
        if (nanos % unit != 0) {
            throw misfit(value, "keeps " + digits + " digits of a second");
        }
        return data;
    }

    private IllegalValueException misfit(Object value, String what) {
        return new IllegalValueException(
                value + " doesn't fit in Flink's type " + physical.copy(true).asSummaryString() + ", which " + what);
    }
}
