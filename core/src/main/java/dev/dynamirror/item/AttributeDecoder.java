package dev.dynamirror.item;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the attribute values of one type. */
@FunctionalInterface
interface AttributeDecoder {

    /**
     * The Java value of an attribute.
     *
     * @param attribute null if the item, or the document, has no such attribute
     * @return null for an absent value
     * @throws IllegalValueException if the attribute has no value of the type
     */
    @Nullable
    Object decode(@Nullable AttributeValue attribute);

    /** The decoder of that type, from what was written with numbers that DynamoDB can't store treated that way. */
    static AttributeDecoder of(LiveType type, UnstorableNumbers unstorable) {
        return type.accept(new Decoders(unstorable));
    }

    /** Makes the decoder of each type. */
    final class Decoders implements LiveTypeVisitor<AttributeDecoder> {

        private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

        /** Those of the longest duration. */
        private static final int MOST_NANO_DIGITS = 28;

        /** More than those of the smallest double. */
        private static final long MOST_FLOAT_CHARACTERS = 400;

        /** More than those of a sign, a zero, a point and an exponent. */
        private static final long OTHER_CHARACTERS = 20;

        private final UnstorableNumbers unstorable;

        private Decoders(UnstorableNumbers unstorable) {
            this.unstorable = unstorable;
        }

        @Override
        public AttributeDecoder scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> of(type, AttributeValue.Type.BOOL, AttributeValue::bool);
                case INT ->
                    of(type, AttributeValue.Type.N, value -> number(value).longValueExact());
                case FLOAT ->
                    orAsString(
                            of(type, AttributeValue.Type.N, value -> floating(value.n())),
                            of(type, AttributeValue.Type.S, value -> unstorableFloating(value.s())));
                case STR -> of(type, AttributeValue.Type.S, AttributeValue::s);
                case BYTES -> of(type, AttributeValue.Type.B, value -> value.b().asByteArray());
                case DATETIME_NAIVE -> of(type, AttributeValue.Type.S, value -> Datetimes.naive(value.s()));
                case DATETIME_UTC -> of(type, AttributeValue.Type.S, value -> Datetimes.utc(value.s()));
                case DATE -> of(type, AttributeValue.Type.S, value -> LocalDate.parse(value.s()));
                case TIME -> of(type, AttributeValue.Type.S, value -> LocalTime.parse(value.s()));
                case DURATION -> of(type, AttributeValue.Type.N, value -> duration(number(value)));
                case JSON -> of(type, AttributeValue.Type.S, value -> Json.parse(value.s()));
                case POINTER -> of(type, AttributeValue.Type.S, value -> Pointer.parse(value.s()));
                case OBJECT ->
                    of(
                            type,
                            AttributeValue.Type.B,
                            value -> ObjectWrapper.ofBytes(value.b().asByteArray()));
            };
        }

        @Override
        public AttributeDecoder decimal(DecimalType type) {
            return orAsString(
                    of(type, AttributeValue.Type.N, value -> Decimals.fitting(type, number(value))),
                    of(
                            type,
                            AttributeValue.Type.S,
                            value -> Decimals.fitting(
                                    type,
                                    new BigDecimal(
                                            Numbers.unstorable(value.s(), type.precision() + OTHER_CHARACTERS)))));
        }

        @Override
        public AttributeDecoder ndArray(NdArrayType type) {
            AttributeDecoder integer = scalar(ScalarType.INT);
            if (type == NdArrayType.INT) {
                return of(
                        type,
                        AttributeValue.Type.M,
                        array -> NdArray.of(
                                longs(numbers(type, array, "shape", integer)),
                                longs(numbers(type, array, "elements", integer))));
            }
            AttributeDecoder floating = scalar(ScalarType.FLOAT);
            return of(
                    type,
                    AttributeValue.Type.M,
                    array -> NdArray.of(
                            longs(numbers(type, array, "shape", integer)),
                            doubles(numbers(type, array, "elements", floating))));
        }

        @Override
        public AttributeDecoder list(ListType type) {
            AttributeDecoder element = type.element().accept(this);
            return attribute -> {
                List<AttributeValue> elements = elements(type, attribute);
                List<@Nullable Object> values = new ArrayList<>(elements.size());
                for (int i = 0; i < elements.size(); i++) {
                    values.add(element(element, elements, i));
                }
                return Collections.unmodifiableList(values);
            };
        }

        @Override
        public AttributeDecoder tuple(TupleType type) {
            List<AttributeDecoder> decoders = decoders(type.elements());
            return attribute -> {
                if (attribute == null
                        || attribute.type() != AttributeValue.Type.L
                        || attribute.l().size() != decoders.size()) {
                    throw mismatch(type, attribute);
                }
                @Nullable Object[] values = new Object[decoders.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = element(decoders.get(i), attribute.l(), i);
                }
                return Tuple.of(values);
            };
        }

        @Override
        public AttributeDecoder map(MapType type) {
            AttributeDecoder decoder = type.value().accept(this);
            return attribute -> {
                if (attribute == null || attribute.type() != AttributeValue.Type.M) {
                    throw mismatch(type, attribute);
                }
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                attribute.m().forEach((name, value) -> values.put(name, field(decoder, name, value)));
                return Collections.unmodifiableMap(values);
            };
        }

        @Override
        public AttributeDecoder document(DocumentType type) {
            List<Column> fields = type.fields().columns();
            List<AttributeDecoder> decoders =
                    fields.stream().map(field -> field.type().accept(this)).toList();
            return attribute -> {
                if (attribute == null || attribute.type() != AttributeValue.Type.M) {
                    throw mismatch(type, attribute);
                }
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (int i = 0; i < decoders.size(); i++) {
                    String name = fields.get(i).name();
                    values.put(name, field(decoders.get(i), name, attribute.m().get(name)));
                }
                return Collections.unmodifiableMap(values);
            };
        }

        @Override
        public AttributeDecoder mixed(MixedType type) {
            List<AttributeDecoder> decoders = decoders(type.alternatives());
            return attribute -> {
                for (AttributeDecoder decoder : decoders) {
                    try {
                        return decoder.decode(attribute);
                    } catch (IllegalValueException e) {
                        // Perhaps another alternative takes it.
                    }
                }
                throw mismatch(type, attribute);
            };
        }

        @Override
        public AttributeDecoder optional(OptionalType type) {
            AttributeDecoder required = type.required().accept(this);
            return attribute -> attribute == null || attribute.type() == AttributeValue.Type.NUL
                    ? null
                    : required.decode(attribute);
        }

        private List<AttributeDecoder> decoders(List<LiveType> types) {
            return types.stream().map(type -> type.accept(this)).toList();
        }

        private static AttributeDecoder of(
                LiveType type, AttributeValue.Type expected, Function<AttributeValue, Object> reader) {
            return attribute -> {
                if (attribute == null || attribute.type() != expected) {
                    throw mismatch(type, attribute);
                }
                try {
                    return reader.apply(attribute);
                } catch (ArithmeticException | IllegalArgumentException | DateTimeException | MirrorException e) {
                    throw new IllegalValueException(mismatch(type, attribute).problem() + reason(e));
                }
            };
        }

        /** What the values of our own classes say of a text that they don't take. */
        private static String reason(RuntimeException e) {
            return e instanceof MirrorException
                            || (e instanceof IllegalArgumentException && !(e instanceof NumberFormatException))
                    ? ": " + e.getMessage()
                    : "";
        }

        private static List<AttributeValue> elements(ListType type, @Nullable AttributeValue attribute) {
            if (attribute == null) {
                throw mismatch(type, null);
            }
            return switch (attribute.type()) {
                case L -> attribute.l();
                case SS -> attribute.ss().stream().map(AttributeValue::fromS).toList();
                case NS -> attribute.ns().stream().map(AttributeValue::fromN).toList();
                case BS -> attribute.bs().stream().map(AttributeValue::fromB).toList();
                default -> throw mismatch(type, attribute);
            };
        }

        private static @Nullable Object element(AttributeDecoder decoder, List<AttributeValue> elements, int index) {
            try {
                return decoder.decode(elements.get(index));
            } catch (IllegalValueException e) {
                throw e.inElement(index);
            }
        }

        private static @Nullable Object field(
                AttributeDecoder decoder, String name, @Nullable AttributeValue attribute) {
            try {
                return decoder.decode(attribute);
            } catch (IllegalValueException e) {
                throw e.inField(name);
            }
        }

        /** The numbers of one of the two lists of an array. */
        private static List<Object> numbers(
                NdArrayType type, AttributeValue array, String name, AttributeDecoder number) {
            AttributeValue list = array.m().get(name);
            if (array.m().size() != 2 || list == null || list.type() != AttributeValue.Type.L) {
                throw new IllegalValueException("expected a value of the type " + type
                        + ", a map (M) of the lists \"shape\" and \"elements\", but found a map (M) of "
                        + FoundValue.fields(array.m()));
            }
            List<Object> numbers = new ArrayList<>(list.l().size());
            try {
                for (int i = 0; i < list.l().size(); i++) {
                    numbers.add(Objects.requireNonNull(element(number, list.l(), i)));
                }
            } catch (IllegalValueException e) {
                throw e.inField(name);
            }
            return numbers;
        }

        private static long[] longs(List<Object> numbers) {
            return numbers.stream().mapToLong(Long.class::cast).toArray();
        }

        private static double[] doubles(List<Object> numbers) {
            return numbers.stream().mapToDouble(Double.class::cast).toArray();
        }

        /** Reads numbers, and those strings that stand for numbers which DynamoDB can't store, if there may be any. */
        private AttributeDecoder orAsString(AttributeDecoder number, AttributeDecoder string) {
            return unstorable == UnstorableNumbers.BAD_ROW
                    ? number
                    : attribute -> attribute != null && attribute.type() == AttributeValue.Type.S
                            ? string.decode(attribute)
                            : number.decode(attribute);
        }

        private static double floating(String text) {
            double value = Double.parseDouble(text);
            if (!Double.isFinite(value)) {
                throw new NumberFormatException("out of range");
            }
            return value;
        }

        private static double unstorableFloating(String text) {
            return switch (text) {
                case "NaN", "Infinity", "-Infinity" -> Double.parseDouble(text);
                default -> floating(Numbers.unstorable(text, MOST_FLOAT_CHARACTERS));
            };
        }

        private static BigDecimal number(AttributeValue value) {
            return new BigDecimal(value.n());
        }

        private static Duration duration(BigDecimal nanoseconds) {
            BigDecimal shortest = nanoseconds.stripTrailingZeros();
            // Looked at before they are computed, as 1E1000000 has a million digits, and 1E-1000000 too.
            if (shortest.scale() > 0 || (long) shortest.precision() - shortest.scale() > MOST_NANO_DIGITS) {
                throw new ArithmeticException("no duration");
            }
            BigInteger[] parts = shortest.toBigIntegerExact().divideAndRemainder(NANOS_PER_SECOND);
            return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
        }

        private static IllegalValueException mismatch(LiveType type, @Nullable AttributeValue found) {
            return new IllegalValueException(
                    "expected a value of the type " + type + ", but found " + FoundValue.described(found));
        }
    }
}
