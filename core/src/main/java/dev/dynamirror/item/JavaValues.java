package dev.dynamirror.item;

import dev.dynamirror.item.NestedEncoders.Field;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.DoubleNdArray;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.LongNdArray;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes Java's own values: for each type the class that stands for it, checked value by value. */
final class JavaValues {

    private JavaValues() {}

    /** The encoder of values of that type; null is an absent one, which only an optional type has. */
    static BiConsumer<@Nullable Object, AttributeWriter> encoder(LiveType type) {
        return type.accept(new Encoders());
    }

    /**
     * A key of a value.
     *
     * @throws IllegalValueException if the value is none of that type, or DynamoDB doesn't take it
     */
    static KeyAttribute key(LiveType type, Object value) {
        if (type instanceof DecimalType decimal) {
            return KeyAttribute.number(decimal(decimal, value));
        }
        ScalarType scalar = (ScalarType) type;
        return switch (scalar) {
            case INT -> KeyAttribute.number(integer(value));
            case FLOAT ->
                value instanceof Float single
                        ? KeyAttribute.number(single.floatValue())
                        : KeyAttribute.number(floating(value));
            case STR -> KeyAttribute.string(as(String.class, type, value));
            case BYTES -> KeyAttribute.binary(as(byte[].class, type, value).clone());
            case DATETIME_NAIVE -> KeyAttribute.naiveDatetime(as(LocalDateTime.class, type, value));
            case DATETIME_UTC -> KeyAttribute.utcDatetime(as(Instant.class, type, value));
            case DATE -> KeyAttribute.date(as(LocalDate.class, type, value));
            case TIME -> KeyAttribute.time(as(LocalTime.class, type, value));
            case DURATION -> KeyAttribute.duration(as(Duration.class, type, value));
            case JSON -> KeyAttribute.json(as(Json.class, type, value));
            case POINTER -> KeyAttribute.pointer(as(Pointer.class, type, value));
            case OBJECT -> throw new IllegalArgumentException("to come");
            case BOOL -> throw new IllegalArgumentException("no key has the type " + type);
        };
    }

    private static final class Encoders implements LiveTypeVisitor<BiConsumer<@Nullable Object, AttributeWriter>> {

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> present(type, (value, out) -> out.bool(as(Boolean.class, type, value)));
                case INT -> present(type, (value, out) -> out.number(integer(value)));
                case FLOAT -> present(type, JavaValues::writeFloating);
                case STR -> present(type, (value, out) -> out.string(as(String.class, type, value)));
                case BYTES -> present(type, (value, out) -> out.binary(as(byte[].class, type, value)));
                case DATETIME_NAIVE ->
                    present(type, (value, out) -> out.naiveDatetime(as(LocalDateTime.class, type, value)));
                case DATETIME_UTC -> present(type, (value, out) -> out.utcDatetime(as(Instant.class, type, value)));
                case DATE -> present(type, (value, out) -> out.date(as(LocalDate.class, type, value)));
                case TIME -> present(type, (value, out) -> out.time(as(LocalTime.class, type, value)));
                case DURATION -> present(type, (value, out) -> out.duration(as(Duration.class, type, value)));
                case JSON -> present(type, (value, out) -> out.json(as(Json.class, type, value)));
                case POINTER -> present(type, (value, out) -> out.pointer(as(Pointer.class, type, value)));
                case OBJECT ->
                    present(type, (value, out) -> {
                        throw new IllegalArgumentException("to come");
                    });
            };
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> decimal(DecimalType type) {
            return present(type, (value, out) -> out.number(JavaValues.decimal(type, value)));
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> ndArray(NdArrayType type) {
            Class<? extends NdArray> expected = type == NdArrayType.INT ? LongNdArray.class : DoubleNdArray.class;
            return present(type, (value, out) -> out.ndArray(as(expected, type, value)));
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> list(ListType type) {
            BiConsumer<@Nullable Object, AttributeWriter> element = encoder(type.element());
            BiConsumer<List<?>, AttributeWriter> list =
                    NestedEncoders.list(List::size, (values, i, out) -> element.accept(values.get(i), out));
            return present(type, (value, out) -> list.accept(as(List.class, type, value), out));
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> tuple(TupleType type) {
            int size = type.elements().size();
            List<BiConsumer<Tuple, AttributeWriter>> elements = IntStream.range(0, size)
                    .mapToObj(i -> {
                        BiConsumer<@Nullable Object, AttributeWriter> element =
                                encoder(type.elements().get(i));
                        return (BiConsumer<Tuple, AttributeWriter>) (values, out) -> element.accept(values.get(i), out);
                    })
                    .toList();
            BiConsumer<Tuple, AttributeWriter> tuple = NestedEncoders.tuple(elements);
            return present(type, (value, out) -> {
                Tuple values = as(Tuple.class, type, value);
                if (values.size() != size) {
                    throw new IllegalValueException("expected a value of the type " + type + ", but found a tuple of "
                            + values.size() + " values");
                }
                tuple.accept(values, out);
            });
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> map(MapType type) {
            BiConsumer<@Nullable Object, AttributeWriter> element = encoder(type.value());
            BiConsumer<List<? extends Map.Entry<?, ?>>, AttributeWriter> map = NestedEncoders.map(
                    List::size,
                    (entries, i) -> mapKey(entries.get(i).getKey()),
                    (entries, i, out) -> element.accept(entries.get(i).getValue(), out));
            return present(type, (value, out) -> {
                Map<?, ?> values = as(Map.class, type, value);
                map.accept(List.copyOf(values.entrySet()), out);
            });
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> document(DocumentType type) {
            List<Field<Map<?, ?>>> fields =
                    type.fields().columns().stream().map(Encoders::field).toList();
            BiConsumer<Map<?, ?>, AttributeWriter> document = NestedEncoders.document(fields);
            Set<String> names = Set.copyOf(type.fields().names());
            return present(type, (value, out) -> {
                Map<?, ?> values = as(Map.class, type, value);
                for (Object name : values.keySet()) {
                    if (!(name instanceof String known) || !names.contains(known)) {
                        throw new IllegalValueException("the type " + type + " has no field \""
                                + ErrorText.shortened(String.valueOf(name)) + "\"");
                    }
                }
                document.accept(values, out);
            });
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> mixed(MixedType type) {
            throw new IllegalArgumentException("the type " + type + " can't be written");
        }

        @Override
        public BiConsumer<@Nullable Object, AttributeWriter> optional(OptionalType type) {
            BiConsumer<@Nullable Object, AttributeWriter> required = encoder(type.required());
            return (value, out) -> {
                if (value == null) {
                    out.absent();
                } else {
                    required.accept(value, out);
                }
            };
        }

        private static Field<Map<?, ?>> field(Column column) {
            String name = column.name();
            BiConsumer<@Nullable Object, AttributeWriter> encoder = encoder(column.type());
            return new Field<>(name, (document, out) -> encoder.accept(document.get(name), out));
        }

        private static BiConsumer<@Nullable Object, AttributeWriter> present(
                LiveType type, BiConsumer<Object, AttributeWriter> encoder) {
            return (value, out) -> {
                if (value == null) {
                    throw new IllegalValueException("the value is absent, and the type " + type
                            + " is not optional; declare it as " + type.optional());
                }
                encoder.accept(value, out);
            };
        }
    }

    private static String mapKey(@Nullable Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalValueException("expected a string as the key of a map, but found "
                + (key == null ? "null" : "one of " + key.getClass().getTypeName()));
    }

    private static void writeFloating(Object value, AttributeWriter out) {
        if (value instanceof Float single) {
            out.number(single.floatValue());
        } else {
            out.number(floating(value));
        }
    }

    private static long integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw mismatch(ScalarType.INT, value);
    }

    private static double floating(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        throw mismatch(ScalarType.FLOAT, value);
    }

    private static BigDecimal decimal(DecimalType type, Object value) {
        if (value instanceof BigDecimal decimal) {
            return Decimals.fitting(type, decimal);
        }
        if (value instanceof BigInteger integer) {
            return Decimals.fitting(type, new BigDecimal(integer));
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Decimals.fitting(type, BigDecimal.valueOf(((Number) value).longValue()));
        }
        throw mismatch(type, value);
    }

    private static <T> T as(Class<T> expected, LiveType type, Object value) {
        if (!expected.isInstance(value)) {
            throw mismatch(type, value);
        }
        return expected.cast(value);
    }

    private static IllegalValueException mismatch(LiveType type, Object value) {
        return new IllegalValueException("expected a value of the type " + type + ", but found "
                + ErrorText.shortened(String.valueOf(value)) + " of "
                + value.getClass().getTypeName());
    }
}
