package dev.dynamirror.flink.type;

import dev.dynamirror.object.ObjectWrapper;
import dev.dynamirror.value.Column;
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
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes, for each live type, what writes its Java values as JSON: in the forms that JSON Lines are read in.
 *
 * <p>Not every value comes back from its form: {@code NaN} and the infinities, which JSON lacks, are strings, an array
 * keeps its dimensions up to the first of length 0 only, and the JSON value {@code null} of an optional column is an
 * absent one.
 */
final class JsonWriters implements LiveTypeVisitor<JsonWriters.Writer> {

    /** Writes values of one type. */
    @FunctionalInterface
    interface Writer {

        /** Writes a value of the class that stands for the type. */
        void write(Object value, JsonGenerator json) throws IOException;
    }

    @Override
    public Writer scalar(ScalarType type) {
        return switch (type) {
            case BOOL -> (value, json) -> json.writeBoolean((boolean) value);
            case INT -> (value, json) -> json.writeNumber(((Number) value).longValue());
            case FLOAT -> JsonWriters::number;
            case BYTES -> (value, json) -> json.writeString(Base64.getEncoder().encodeToString((byte[]) value));
            case OBJECT ->
                (value, json) ->
                        json.writeString(Base64.getEncoder().encodeToString(((ObjectWrapper<?>) value).toBytes()));
            case JSON -> (value, json) -> json.writeRawValue(value.toString());
            case STR, DATETIME_NAIVE, DATETIME_UTC, DATE, TIME, DURATION, POINTER ->
                (value, json) -> json.writeString(value.toString());
        };
    }

    @Override
    public Writer decimal(DecimalType type) {
        return (value, json) -> json.writeNumber((BigDecimal) value);
    }

    @Override
    public Writer ndArray(NdArrayType type) {
        return (value, json) -> new Numbers((NdArray) value).write(0, json);
    }

    @Override
    public Writer list(ListType type) {
        Writer element = type.element().accept(this);
        return (value, json) -> {
            json.writeStartArray();
            for (Object each : (List<?>) value) {
                write(element, each, json);
            }
            json.writeEndArray();
        };
    }

    @Override
    public Writer tuple(TupleType type) {
        List<Writer> elements =
                type.elements().stream().map(element -> element.accept(this)).toList();
        return (value, json) -> {
            json.writeStartArray();
            for (int i = 0; i < elements.size(); i++) {
                write(elements.get(i), ((Tuple) value).get(i), json);
            }
            json.writeEndArray();
        };
    }

    @Override
    public Writer map(MapType type) {
        Writer content = type.value().accept(this);
        return (value, json) -> {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(content, entry.getValue(), json);
            }
            json.writeEndObject();
        };
    }

    @Override
    public Writer document(DocumentType type) {
        List<Column> fields = type.fields().columns();
        List<Writer> writers =
                fields.stream().map(field -> field.type().accept(this)).toList();
        return (value, json) -> {
            json.writeStartObject();
            for (int i = 0; i < writers.size(); i++) {
                json.writeFieldName(fields.get(i).name());
                write(writers.get(i), ((Map<?, ?>) value).get(fields.get(i).name()), json);
            }
            json.writeEndObject();
        };
    }

    @Override
    public Writer mixed(MixedType type) {
        throw new IllegalArgumentException("no column that is written has the type " + type);
    }

    @Override
    public Writer optional(OptionalType type) {
        return type.required().accept(this);
    }

    /** What writes values of that type, which may be absent. */
    static Writer of(LiveType type) {
        return type.accept(new JsonWriters());
    }

    private static void write(Writer writer, @Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            writer.write(value, json);
        }
    }

    private static void number(Object value, JsonGenerator json) throws IOException {
        if (Double.isFinite(((Number) value).doubleValue())) {
            // The digits of a float are its own ones: 0.1, not 0.10000000149011612.
            json.writeNumber(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }

    /** The numbers of an array, one after another. */
    private static final class Numbers {

        private final long[] shape;
        private final PrimitiveIterator<?, ?> elements;

        Numbers(NdArray array) {
            this.shape = array.shape();
            this.elements = array instanceof LongNdArray integers
                    ? LongStream.of(integers.elements()).iterator()
                    : DoubleStream.of(((DoubleNdArray) array).elements()).iterator();
        }

        /** Writes what is in one place of the outer dimensions: an array of the next dimension, or a number. */
        void write(int dimension, JsonGenerator json) throws IOException {
            if (dimension == shape.length) {
                number(elements.next(), json);
                return;
            }
            json.writeStartArray();
            for (long i = 0; i < shape[dimension]; i++) {
                write(dimension + 1, json);
            }
            json.writeEndArray();
        }
    }
}
