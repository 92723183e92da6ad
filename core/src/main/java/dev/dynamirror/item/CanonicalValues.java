package dev.dynamirror.item;

import dev.dynamirror.object.ObjectWrapper;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a Java value is of a class that stands for its type, and makes it one of the class that a reader gives back:
 * an {@code Integer} becomes a {@code Long}, a {@code Float} the {@code Double} of its own digits, a decimal gets the
 * scale of its type.
 */
public final class CanonicalValues {

    private CanonicalValues() {}

    /**
     * What checks values of that type; null is an absent one, which only an optional type has. It throws an {@link
     * IllegalValueException} for a value that is none of the type.
     */
    public static UnaryOperator<@Nullable Object> of(LiveType type) {
        return type.accept(new Checkers());
    }

    /** The double of a float's own digits: of {@code 0.1f} it is {@code 0.1}. */
    public static double widened(float value) {
        return Double.parseDouble(Numbers.shortest(value));
    }

    private static final class Checkers implements LiveTypeVisitor<UnaryOperator<@Nullable Object>> {

        @Override
        public UnaryOperator<@Nullable Object> scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> as(Boolean.class, type);
                case INT -> present(type, CanonicalValues::integer);
                case FLOAT -> present(type, CanonicalValues::floating);
                case STR -> as(String.class, type);
                case BYTES -> as(byte[].class, type);
                case DATETIME_NAIVE -> as(LocalDateTime.class, type);
                case DATETIME_UTC -> as(Instant.class, type);
                case DATE -> as(LocalDate.class, type);
                case TIME -> as(LocalTime.class, type);
                case DURATION -> as(Duration.class, type);
                case JSON -> as(Json.class, type);
                case POINTER -> as(Pointer.class, type);
                case OBJECT -> as(ObjectWrapper.class, type);
            };
        }

        @Override
        public UnaryOperator<@Nullable Object> decimal(DecimalType type) {
            return present(type, value -> CanonicalValues.decimal(type, value));
        }

        @Override
        public UnaryOperator<@Nullable Object> ndArray(NdArrayType type) {
            return as(type == NdArrayType.INT ? LongNdArray.class : DoubleNdArray.class, type);
        }

        @Override
        public UnaryOperator<@Nullable Object> list(ListType type) {
            UnaryOperator<@Nullable Object> element = of(type.element());
            return present(type, value -> {
                List<?> given = cast(List.class, type, value);
                List<@Nullable Object> elements = new ArrayList<>(given.size());
                for (Object each : given) {
                    elements.add(element(element, each, elements.size()));
                }
                return Collections.unmodifiableList(elements);
            });
        }

        @Override
        public UnaryOperator<@Nullable Object> tuple(TupleType type) {
            List<UnaryOperator<@Nullable Object>> checkers =
                    type.elements().stream().map(CanonicalValues::of).toList();
            return present(type, value -> {
                Tuple given = cast(Tuple.class, type, value);
                if (given.size() != checkers.size()) {
                    throw new IllegalValueException("expected a value of the type " + type + ", but found a tuple of "
                            + given.size() + " values");
                }
                @Nullable Object[] elements = new Object[given.size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = element(checkers.get(i), given.get(i), i);
                }
                return Tuple.of(elements);
            });
        }

        @Override
        public UnaryOperator<@Nullable Object> map(MapType type) {
            UnaryOperator<@Nullable Object> checker = of(type.value());
            return present(type, value -> {
                Map<?, ?> given = cast(Map.class, type, value);
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                given.forEach((key, content) -> {
                    String name = name(key);
                    entries.put(name, field(checker, name, content));
                });
                return Collections.unmodifiableMap(entries);
            });
        }

        @Override
        public UnaryOperator<@Nullable Object> document(DocumentType type) {
            List<Column> fields = type.fields().columns();
            List<UnaryOperator<@Nullable Object>> checkers =
                    fields.stream().map(field -> of(field.type())).toList();
            List<String> names = type.fields().names();
            return present(type, value -> {
                Map<?, ?> given = cast(Map.class, type, value);
                requireFields(type, names, given);
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                for (int i = 0; i < checkers.size(); i++) {
                    String name = names.get(i);
                    document.put(name, field(checkers.get(i), name, given.get(name)));
                }
                return Collections.unmodifiableMap(document);
            });
        }

        @Override
        public UnaryOperator<@Nullable Object> mixed(MixedType type) {
            throw new IllegalArgumentException("the type " + type + " can't be written");
        }

        @Override
        public UnaryOperator<@Nullable Object> optional(OptionalType type) {
            UnaryOperator<@Nullable Object> required = of(type.required());
            return value -> value == null ? null : required.apply(value);
        }

        private static UnaryOperator<@Nullable Object> as(Class<?> expected, LiveType type) {
            return present(type, value -> cast(expected, type, value));
        }

        private static UnaryOperator<@Nullable Object> present(LiveType type, UnaryOperator<Object> checker) {
            return value -> {
                if (value == null) {
                    throw new IllegalValueException("the value is absent, and the type " + type
                            + " is not optional; declare it as " + type.optional());
                }
                return checker.apply(value);
            };
        }
    }

    private static Long integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw mismatch(ScalarType.INT, value);
    }

    private static Double floating(Object value) {
        if (value instanceof Float single) {
            return widened(single);
        }
        return cast(Double.class, ScalarType.FLOAT, value);
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

    private static String name(@Nullable Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalValueException("expected a string as the key of a map, but found "
                + (key == null ? "null" : "one of " + key.getClass().getTypeName()));
    }

    private static void requireFields(DocumentType type, List<String> names, Map<?, ?> given) {
        for (Object name : given.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalValueException(
                        "the type " + type + " has no field \"" + ErrorText.shortened(String.valueOf(name)) + "\"");
            }
        }
    }

    private static @Nullable Object element(
            UnaryOperator<@Nullable Object> checker, @Nullable Object value, int index) {
        try {
            return checker.apply(value);
        } catch (IllegalValueException e) {
            throw e.inElement(index);
        }
    }

    private static @Nullable Object field(
            UnaryOperator<@Nullable Object> checker, String name, @Nullable Object value) {
        try {
            return checker.apply(value);
        } catch (IllegalValueException e) {
            throw e.inField(name);
        }
    }

    private static <T> T cast(Class<T> expected, LiveType type, Object value) {
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
