package dev.dynamirror.item;

import dev.dynamirror.item.NestedEncoders.Field;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes Java's own values as DynamoDB's attributes, each checked as {@link CanonicalValues} does. */
public final class JavaValues {

    private JavaValues() {}

    /**
     * The encoder of values of that type; null is an absent one, which only an optional type has. It throws an {@link
     * IllegalValueException} for a value that is none of the type, or that DynamoDB doesn't take.
     */
    public static BiConsumer<@Nullable Object, AttributeWriter> encoder(LiveType type) {
        UnaryOperator<@Nullable Object> canonical = CanonicalValues.of(type);
        BiConsumer<@Nullable Object, AttributeWriter> writer = writer(type);
        return (value, out) -> writer.accept(canonical.apply(value), out);
    }

    /**
     * Makes keys of values of that type. It throws an {@link IllegalValueException} for a value that is none of the type,
     * or that DynamoDB doesn't take.
     *
     * @throws IllegalArgumentException if no key has that type
     */
    public static Function<Object, KeyAttribute> keys(LiveType type) {
        UnaryOperator<@Nullable Object> canonical = CanonicalValues.of(type);
        Function<Object, KeyAttribute> keys = canonicalKeys(type);
        return value -> keys.apply(Objects.requireNonNull(canonical.apply(value)));
    }

    private static Function<Object, KeyAttribute> canonicalKeys(LiveType type) {
        if (type instanceof DecimalType) {
            return value -> KeyAttribute.number((BigDecimal) value);
        }
        if (!(type instanceof ScalarType scalar)) {
            throw new IllegalArgumentException("no key has the type " + type);
        }
        return switch (scalar) {
            case INT -> value -> KeyAttribute.number((long) value);
            case FLOAT -> value -> KeyAttribute.number((double) value);
            case STR -> value -> KeyAttribute.string((String) value);
            case BYTES -> value -> KeyAttribute.binary(((byte[]) value).clone());
            case DATETIME_NAIVE -> value -> KeyAttribute.naiveDatetime((LocalDateTime) value);
            case DATETIME_UTC -> value -> KeyAttribute.utcDatetime((Instant) value);
            case DATE -> value -> KeyAttribute.date((LocalDate) value);
            case TIME -> value -> KeyAttribute.time((LocalTime) value);
            case DURATION -> value -> KeyAttribute.duration((Duration) value);
            case JSON -> value -> KeyAttribute.json((Json) value);
            case POINTER -> value -> KeyAttribute.pointer((Pointer) value);
            case OBJECT -> value -> KeyAttribute.binary(((ObjectWrapper<?>) value).toBytes());
            case BOOL -> throw new IllegalArgumentException("no key has the type " + type);
        };
    }

    private static BiConsumer<@Nullable Object, AttributeWriter> writer(LiveType type) {
        BiConsumer<Object, AttributeWriter> present = type.required().accept(new Writers());
        return (value, out) -> {
            if (value == null) {
                out.absent();
            } else {
                present.accept(value, out);
            }
        };
    }

    /** Writes values that are there and canonical. */
    private static final class Writers implements LiveTypeVisitor<BiConsumer<Object, AttributeWriter>> {

        @Override
        public BiConsumer<Object, AttributeWriter> scalar(ScalarType type) {
            return switch (type) {
                case BOOL -> (value, out) -> out.bool((boolean) value);
                case INT -> (value, out) -> out.number((long) value);
                case FLOAT -> (value, out) -> out.number((double) value);
                case STR -> (value, out) -> out.string((String) value);
                case BYTES -> (value, out) -> out.binary((byte[]) value);
                case DATETIME_NAIVE -> (value, out) -> out.naiveDatetime((LocalDateTime) value);
                case DATETIME_UTC -> (value, out) -> out.utcDatetime((Instant) value);
                case DATE -> (value, out) -> out.date((LocalDate) value);
                case TIME -> (value, out) -> out.time((LocalTime) value);
                case DURATION -> (value, out) -> out.duration((Duration) value);
                case JSON -> (value, out) -> out.json((Json) value);
                case POINTER -> (value, out) -> out.pointer((Pointer) value);
                case OBJECT -> (value, out) -> out.binary(((ObjectWrapper<?>) value).toBytes());
            };
        }

        @Override
        public BiConsumer<Object, AttributeWriter> decimal(DecimalType type) {
            return (value, out) -> out.number((BigDecimal) value);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> ndArray(NdArrayType type) {
            return (value, out) -> out.ndArray((NdArray) value);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> list(ListType type) {
            BiConsumer<@Nullable Object, AttributeWriter> element = writer(type.element());
            BiConsumer<List<?>, AttributeWriter> list =
                    NestedEncoders.list(List::size, (values, i, out) -> element.accept(values.get(i), out));
            return (value, out) -> list.accept((List<?>) value, out);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> tuple(TupleType type) {
            List<BiConsumer<@Nullable Object, AttributeWriter>> elements =
                    type.elements().stream().map(JavaValues::writer).toList();
            BiConsumer<Tuple, AttributeWriter> tuple = NestedEncoders.list(
                    Tuple::size, (values, i, out) -> elements.get(i).accept(values.get(i), out));
            return (value, out) -> tuple.accept((Tuple) value, out);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> map(MapType type) {
            BiConsumer<@Nullable Object, AttributeWriter> content = writer(type.value());
            return (value, out) ->
                    NestedEncoders.map((Map<?, ?>) value, (name, each) -> content.accept(each, out), out);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> document(DocumentType type) {
            List<Field<Map<?, ?>>> fields =
                    type.fields().columns().stream().map(Writers::field).toList();
            BiConsumer<Map<?, ?>, AttributeWriter> document = NestedEncoders.document(fields);
            return (value, out) -> document.accept((Map<?, ?>) value, out);
        }

        @Override
        public BiConsumer<Object, AttributeWriter> mixed(MixedType type) {
            throw new IllegalArgumentException("the type " + type + " can't be written");
        }

        @Override
        public BiConsumer<Object, AttributeWriter> optional(OptionalType type) {
            throw new IllegalArgumentException("absence is looked at before: " + type);
        }

        private static Field<Map<?, ?>> field(Column column) {
            String name = column.name();
            BiConsumer<@Nullable Object, AttributeWriter> writer = writer(column.type());
            return new Field<>(name, (document, out) -> writer.accept(document.get(name), out));
        }
    }
}
