package dev.dynamirror.flink.input;

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
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Tuple;
import dev.dynamirror.value.TupleType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** Makes the reader of values that are there. */
final class JsonReaders implements LiveTypeVisitor<JsonValues> {

    JsonReaders() {}

    @Override
    public JsonValues scalar(ScalarType type) {
        if (type == ScalarType.JSON) {
            return json -> json(json);
        }
        return json -> text(type, json);
    }

    @Override
    public JsonValues decimal(DecimalType type) {
        return json -> text(type, json);
    }

    @Override
    public JsonValues ndArray(NdArrayType type) {
        return json -> {
            Shape shape = new Shape(type);
            shape.add(json, 0);
            return shape.array();
        };
    }

    @Override
    public JsonValues list(ListType type) {
        JsonValues element = JsonValues.of(type.element());
        return json -> {
            List<JsonField> elements = elements(type, json);
            List<@Nullable Object> values = new ArrayList<>(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                values.add(element(element, elements, i));
            }
            return Collections.unmodifiableList(values);
        };
    }

    @Override
    public JsonValues tuple(TupleType type) {
        List<JsonValues> readers = type.elements().stream().map(JsonValues::of).toList();
        return json -> {
            List<JsonField> elements = elements(type, json);
            if (elements.size() != readers.size()) {
                throw new BadValueException(
                        "expected a " + type + ", but found an array of " + elements.size() + " values");
            }
            @Nullable Object[] values = new Object[readers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = element(readers.get(i), elements, i);
            }
            return Tuple.of(values);
        };
    }

    @Override
    public JsonValues map(MapType type) {
        JsonValues reader = JsonValues.of(type.value());
        return json -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonField> field : fields(type, json).entrySet()) {
                values.put(field.getKey(), field(reader, field.getKey(), field.getValue()));
            }
            return Collections.unmodifiableMap(values);
        };
    }

    @Override
    public JsonValues document(DocumentType type) {
        List<Column> columns = type.fields().columns();
        List<JsonValues> readers =
                columns.stream().map(column -> JsonValues.of(column.type())).toList();
        return json -> {
            Map<String, JsonField> fields = fields(type, json);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < readers.size(); i++) {
                Column column = columns.get(i);
                JsonField field = fields.get(column.name());
                values.put(column.name(), documentField(readers.get(i), column, field));
            }
            return Collections.unmodifiableMap(values);
        };
    }

    @Override
    public JsonValues mixed(MixedType type) {
        return json -> {
            throw new BadValueException("values of the type " + type + " can't be read from text; give one type");
        };
    }

    @Override
    public JsonValues optional(OptionalType type) {
        return JsonValues.of(type);
    }

    private static @Nullable Object documentField(JsonValues reader, Column column, @Nullable JsonField field)
            throws BadValueException {
        if (field != null) {
            return field(reader, column.name(), field);
        }
        try {
            return CellParser.absent(column.type());
        } catch (BadValueException e) {
            throw e.inField(column.name());
        }
    }

    private static Json json(JsonField json) throws BadValueException {
        try {
            return Json.parse(json.json());
        } catch (IllegalArgumentException e) {
            throw new BadValueException(String.valueOf(e.getMessage()));
        }
    }

    private static Object text(LiveType type, JsonField json) throws BadValueException {
        if (!isWrittenAs(type, json.token())) {
            throw unexpected(type, json);
        }
        return CellParser.parse(type, json.text());
    }

    /** Whether values of a scalar type are written so in JSON; a float may be written as an integer. */
    private static boolean isWrittenAs(LiveType type, JsonToken token) {
        if (!(type instanceof ScalarType scalar)) {
            return token.isNumeric() || token == JsonToken.VALUE_STRING;
        }
        return switch (scalar) {
            case BOOL -> token.isBoolean();
            case INT -> token == JsonToken.VALUE_NUMBER_INT;
            case FLOAT -> token.isNumeric();
            case DURATION -> token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
            default -> token == JsonToken.VALUE_STRING;
        };
    }

    private static List<JsonField> elements(LiveType type, JsonField json) throws BadValueException {
        if (json.token() != JsonToken.START_ARRAY) {
            throw unexpected(type, json);
        }
        return json.elements();
    }

    private static Map<String, JsonField> fields(LiveType type, JsonField json) throws BadValueException {
        if (json.token() != JsonToken.START_OBJECT) {
            throw unexpected(type, json);
        }
        return json.fields();
    }

    private static @Nullable Object element(JsonValues reader, List<JsonField> elements, int index)
            throws BadValueException {
        try {
            return reader.read(elements.get(index));
        } catch (BadValueException e) {
            throw e.inElement(index);
        }
    }

    private static @Nullable Object field(JsonValues reader, String name, JsonField field) throws BadValueException {
        try {
            return reader.read(field);
        } catch (BadValueException e) {
            throw e.inField(name);
        }
    }

    private static BadValueException unexpected(LiveType type, JsonField json) {
        return new BadValueException("expected " + CellParser.expectation(type) + ", but found " + json.described());
    }

    /** The shape and the elements of nested arrays of numbers. */
    private static final class Shape {

        private final NdArrayType type;
        private final List<Long> lengths = new ArrayList<>();
        private final List<Object> elements = new ArrayList<>();

        /** How many dimensions there are; known from the first number, or the first array without elements. */
        private int dimensions = -1;

        private Shape(NdArrayType type) {
            this.type = type;
        }

        private void add(JsonField json, int depth) throws BadValueException {
            if (json.token() != JsonToken.START_ARRAY) {
                requireDimensions(depth);
                elements.add(text(type == NdArrayType.INT ? ScalarType.INT : ScalarType.FLOAT, json));
                return;
            }
            List<JsonField> parts = json.elements();
            requireLength(depth, parts.size());
            if (parts.isEmpty()) {
                requireDimensions(depth + 1);
            }
            for (int i = 0; i < parts.size(); i++) {
                try {
                    add(parts.get(i), depth + 1);
                } catch (BadValueException e) {
                    throw e.inElement(i);
                }
            }
        }

        private void requireLength(int depth, int length) throws BadValueException {
            if (depth == lengths.size()) {
                lengths.add((long) length);
            } else if (lengths.get(depth) != length) {
                throw new BadValueException("expected an " + type + " of one shape, but found an array of " + length
                        + " values beside one of " + lengths.get(depth));
            }
        }

        private void requireDimensions(int depth) throws BadValueException {
            if (dimensions < 0) {
                dimensions = depth;
            } else if (dimensions != depth) {
                throw new BadValueException("expected an " + type + " of one shape, but found " + depth
                        + " dimensions beside " + dimensions);
            }
        }

        private NdArray array() {
            long[] shape = lengths.stream().mapToLong(length -> length).toArray();
            return type == NdArrayType.INT
                    ? NdArray.of(
                            shape,
                            elements.stream()
                                    .mapToLong(element -> (long) element)
                                    .toArray())
                    : NdArray.of(
                            shape,
                            elements.stream()
                                    .mapToDouble(element -> (double) element)
                                    .toArray());
        }
    }
}
