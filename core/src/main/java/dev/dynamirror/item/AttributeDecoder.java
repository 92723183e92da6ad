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

    /** The decoder of that type. */
    static AttributeDecoder of(LiveType type) {
        return type.accept(new Decoders());
    }

    /** Makes the decoder of each type. */
    final class Decoders implements LiveTypeVisitor<AttributeDecoder> {

        private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

        private Decoders() {}

        @Override
        public AttributeDecoder scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> of(type, AttributeValue.Type.BOOL, AttributeValue::bool);
                case INT ->
                    of(type, AttributeValue.Type.N, value -> number(value).longValueExact());
                case FLOAT -> of(type, AttributeValue.Type.N, value -> Double.parseDouble(value.n()));
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
            return of(type, AttributeValue.Type.N, value -> Decimals.fitting(type, new BigDecimal(value.n())));
        }

        @Override
        public AttributeDecoder ndArray(NdArrayType type) {
            return of(type, AttributeValue.Type.M, value -> {
                long[] shape = numbers(type, value.m(), "shape").stream()
                        .mapToLong(length -> number(length).longValueExact())
                        .toArray();
                List<AttributeValue> elements = numbers(type, value.m(), "elements");
                if (type == NdArrayType.INT) {
                    return NdArray.of(
                            shape,
                            elements.stream()
                                    .mapToLong(element -> number(element).longValueExact())
                                    .toArray());
                }
                return NdArray.of(
                        shape,
                        elements.stream()
                                .mapToDouble(element -> Double.parseDouble(element.n()))
                                .toArray());
            });
        }

        @Override
        public AttributeDecoder list(ListType type) {
            AttributeDecoder element = AttributeDecoder.of(type.element());
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
            List<AttributeDecoder> decoders =
                    type.elements().stream().map(AttributeDecoder::of).toList();
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
            AttributeDecoder decoder = AttributeDecoder.of(type.value());
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
            List<AttributeDecoder> decoders = fields.stream()
                    .map(field -> AttributeDecoder.of(field.type()))
                    .toList();
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
            List<AttributeDecoder> decoders =
                    type.alternatives().stream().map(AttributeDecoder::of).toList();
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
            AttributeDecoder required = AttributeDecoder.of(type.required());
            return attribute -> attribute == null || attribute.type() == AttributeValue.Type.NUL
                    ? null
                    : required.decode(attribute);
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

        private static List<AttributeValue> numbers(NdArrayType type, Map<String, AttributeValue> array, String name) {
            AttributeValue value = array.get(name);
            if (array.size() == 2
                    && value != null
                    && value.type() == AttributeValue.Type.L
                    && value.l().stream().allMatch(element -> element.type() == AttributeValue.Type.N)) {
                return value.l();
            }
            throw new IllegalValueException("expected a value of the type " + type
                    + ", a map of \"shape\" and \"elements\", two lists of numbers, but found a map of "
                    + ErrorText.shortened(array.toString()));
        }

        private static BigDecimal number(AttributeValue value) {
            return new BigDecimal(value.n());
        }

        private static Duration duration(BigDecimal nanoseconds) {
            BigInteger[] parts = nanoseconds.toBigIntegerExact().divideAndRemainder(NANOS_PER_SECOND);
            return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
        }

        private static IllegalValueException mismatch(LiveType type, @Nullable AttributeValue found) {
            return new IllegalValueException(
                    "expected a value of the type " + type + ", but found " + FoundValue.described(found));
        }
    }
}
