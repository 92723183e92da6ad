package dev.dynamirror.flink.type;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/** Writes rows of Java's values as lines of JSON, which are read as the same rows with the same schema. */
public final class JsonLineWriter {

    private final List<Column> columns;
    private final List<JsonWriters.Writer> writers;

    /**
     * Creates a writer.
     *
     * @param schema the columns, none of them of mixed types
     */
    public JsonLineWriter(Schema schema) {
        this.columns = schema.columns();
        this.writers =
                columns.stream().map(column -> JsonWriters.of(column.type())).toList();
    }

    /** The row as one line without its end; an absent value is null. */
    public String line(List<@Nullable Object> values) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonRows.generator(line)) {
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                json.writeFieldName(columns.get(i).name());
                Object value = values.get(i);
                if (value == null) {
                    json.writeNull();
                } else {
                    writers.get(i).write(value, json);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
