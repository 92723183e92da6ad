package dev.dynamirror.flink.type;

import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes rows of Flink as JSON objects, in the forms that JSON Lines are read in; a value that is none of its column's
 * type in the form of Flink's own type.
 */
public final class JsonRows {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The last character before the surrogates: one that stands alone has no UTF-8, but an escape. */
    private static final int HIGHEST_UNESCAPED = Character.MIN_SURROGATE - 1;

    private final List<Column> columns;

    private JsonRows(List<Column> columns) {
        this.columns = columns;
    }

    /** Turns values, as Flink's runtime has them, into JSON. */
    @FunctionalInterface
    private interface Form {
        String of(Object value);
    }

    private record Column(String name, int position, RowData.FieldGetter getter, Form form) {}

    /**
     * What writes these columns of rows.
     *
     * @param rowType the type of the rows
     * @param schema the live types of all of its columns
     * @param names the columns that are written
     */
    public static JsonRows of(RowType rowType, Schema schema, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            int position = rowType.getFieldIndex(name);
            LogicalType physical = rowType.getTypeAt(position);
            Form form = form(physical, schema.columns().get(position).type());
            columns.add(new Column(name, position, RowData.createFieldGetter(physical, position), form));
        }
        return new JsonRows(columns);
    }

    /** Writes the row as an object. */
    public void write(RowData row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Column column : columns) {
            // Looked at here, too: the getter of a column that is never absent doesn't.
            Object value = row.isNullAt(column.position) ? null : column.getter.getFieldOrNull(row);
            json.writeFieldName(column.name);
            if (value == null) {
                json.writeNull();
            } else {
                json.writeRawValue(column.form.of(value));
            }
        }
        json.writeEndObject();
    }

    /** A generator of JSON text in which half of a surrogate pair is an escape. */
    public static JsonGenerator generator(StringWriter out) {
        try {
            return FACTORY.createGenerator(out).setHighestNonEscapedChar(HIGHEST_UNESCAPED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Form form(LogicalType physical, LiveType type) {
        Form live = liveForm(physical, type);
        Form plain = LiveTypes.of(physical)
                .filter(own -> !own.equals(type.required()))
                .map(own -> liveForm(physical, own))
                .orElse(value -> text(String.valueOf(value)));
        return value -> {
            try {
                return live.of(value);
            } catch (IllegalValueException e) {
                return plain.of(value);
            }
        };
    }

    private static Form liveForm(LogicalType physical, LiveType type) {
        FlinkValues.Reader reader = FlinkValues.reader(physical, type);
        JsonWriters.Writer writer = JsonWriters.of(type);
        return value -> {
            Object read = reader.apply(value);
            return json(json -> writer.write(read, json));
        };
    }

    private static String text(String value) {
        return json(json -> json.writeString(value));
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String json(Content content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = generator(out)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
