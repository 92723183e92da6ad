package dev.dynamirror.item;

import dev.dynamirror.item.RowEncoder.AttributeColumn;
import dev.dynamirror.item.RowEncoder.KeyColumn;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the encoder for rows that are maps from column names to Java values. */
public final class MapRowEncoder {

    private MapRowEncoder() {}

    /**
     * An encoder for rows of that schema.
     *
     * @param tableName the table's name, for error texts
     * @param schema the columns; the types of the key columns can be keys
     * @param partitionKey the name of a column
     * @param sortKey the name of another column, or null
     */
    public static RowEncoder<Map<String, ?>> of(
            String tableName, Schema schema, String partitionKey, @Nullable String sortKey) {
        List<AttributeColumn<Map<String, ?>>> attributes = schema.columns().stream()
                .filter(column ->
                        !column.name().equals(partitionKey) && !column.name().equals(sortKey))
                .map(MapRowEncoder::attributeColumn)
                .toList();
        return new RowEncoder<>(
                tableName,
                keyColumn(schema, partitionKey),
                sortKey == null ? null : keyColumn(schema, sortKey),
                attributes);
    }

    private static KeyColumn<Map<String, ?>> keyColumn(Schema schema, String name) {
        ScalarType type = (ScalarType) schema.column(name).orElseThrow().type();
        return new KeyColumn<>(name, row -> {
            Object value = row.get(name);
            return value == null ? null : keyAttribute(type, value);
        });
    }

    private static KeyAttribute keyAttribute(ScalarType type, Object value) {
        return switch (type) {
            case INT -> KeyAttribute.number(integer(value));
            case FLOAT ->
                value instanceof Float single
                        ? KeyAttribute.number(single.floatValue())
                        : KeyAttribute.number(floating(value));
            case STR -> KeyAttribute.string(as(String.class, type, value));
            case BYTES -> KeyAttribute.binary(as(byte[].class, type, value).clone());
            case DATETIME_NAIVE -> KeyAttribute.naiveDatetime(as(LocalDateTime.class, type, value));
            case DATETIME_UTC -> KeyAttribute.utcDatetime(as(Instant.class, type, value));
            case BOOL -> throw new IllegalArgumentException("no key has the type " + type);
        };
    }

    private static AttributeColumn<Map<String, ?>> attributeColumn(Column column) {
        String name = column.name();
        if (column.type() instanceof OptionalType optional) {
            BiConsumer<Object, AttributeWriter> encoder = encoder((ScalarType) optional.required());
            return new AttributeColumn<>(name, (row, out) -> {
                Object value = row.get(name);
                if (value == null) {
                    out.absent();
                } else {
                    encoder.accept(value, out);
                }
            });
        }
        BiConsumer<Object, AttributeWriter> encoder = encoder((ScalarType) column.type());
        return new AttributeColumn<>(name, (row, out) -> {
            Object value = row.get(name);
            if (value == null) {
                throw new IllegalValueException("the value is absent, and the column's type " + column.type()
                        + " is not optional; declare it as " + column.type().optional());
            }
            encoder.accept(value, out);
        });
    }

    private static BiConsumer<Object, AttributeWriter> encoder(ScalarType type) {
        return switch (type) {
            case BOOL -> (value, out) -> out.bool(as(Boolean.class, type, value));
            case INT -> (value, out) -> out.number(integer(value));
            case FLOAT -> MapRowEncoder::encodeFloating;
            case STR -> (value, out) -> out.string(as(String.class, type, value));
            case BYTES -> (value, out) -> out.binary(as(byte[].class, type, value));
            case DATETIME_NAIVE -> (value, out) -> out.naiveDatetime(as(LocalDateTime.class, type, value));
            case DATETIME_UTC -> (value, out) -> out.utcDatetime(as(Instant.class, type, value));
        };
    }

    private static void encodeFloating(Object value, AttributeWriter out) {
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

    private static <T> T as(Class<T> expected, ScalarType type, Object value) {
        if (!expected.isInstance(value)) {
            throw mismatch(type, value);
        }
        return expected.cast(value);
    }

    private static IllegalValueException mismatch(ScalarType type, Object value) {
        return new IllegalValueException("expected a value of the type " + type + ", but found "
                + ErrorText.shortened(String.valueOf(value)) + " of "
                + value.getClass().getTypeName());
    }
}
