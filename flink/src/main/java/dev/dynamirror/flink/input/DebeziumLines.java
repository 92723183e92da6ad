package dev.dynamirror.flink.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file of Debezium's change events, one a line, with or without their schema: of a deletion the row before
 * it, else the row after the change. Events that are of no row are passed over.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html">Debezium's events</a>
 */
final class DebeziumLines implements JsonRowSource {

    private static final String EXPECTED =
            "expected a change event of Debezium like {\"before\": null, \"after\": {\"key\": 1}, \"op\": \"c\"}, but ";

    private final Place file;
    private final JsonLines lines;

    DebeziumLines(Place file, InputStream bytes) throws IOException {
        this.file = file;
        lines = new JsonLines(file, bytes);
    }

    @Override
    public @Nullable JsonRow next() throws IOException {
        for (JsonRow event = lines.next(); event != null; event = lines.next()) {
            try {
                JsonRow row = row(event);
                if (row != null) {
                    return row;
                }
            } catch (BadValueException e) {
                throw file.line(event.line()).error(e.problem());
            }
        }
        return null;
    }

    private static @Nullable JsonRow row(JsonRow event) throws BadValueException {
        JsonField payload = event.fields().get("payload");
        Map<String, JsonField> fields = payload == null ? event.fields() : object(payload, "payload");
        JsonField operation = fields.get("op");
        if (operation == null) {
            throw new BadValueException(EXPECTED + "there is no \"op\"");
        }
        return switch (operation.text()) {
            case "c", "r" -> new JsonRow(event.line(), RowKind.INSERT, object(fields.get("after"), "after"));
            case "u" -> new JsonRow(event.line(), RowKind.UPDATE_AFTER, object(fields.get("after"), "after"));
            case "d" -> new JsonRow(event.line(), RowKind.DELETE, object(fields.get("before"), "before"));
            case "m" -> null;
            default ->
                throw new BadValueException("\"op\" is " + operation.described()
                        + ", which can't be mirrored; expected \"c\", \"r\", \"u\", \"d\" or \"m\"");
        };
    }

    private static Map<String, JsonField> object(@Nullable JsonField field, String name) throws BadValueException {
        if (field == null || field.isAbsent()) {
            throw new BadValueException("\"" + name + "\" is absent"
                    + (name.equals("before")
                            ? "; a database that doesn't log the key of a deleted row can't be mirrored: see REPLICA"
                                    + " IDENTITY of PostgreSQL"
                            : ""));
        }
        if (!field.token().isStructStart() || field.text().startsWith("[")) {
            throw new BadValueException("\"" + name + "\" is " + field.described() + ", but must be an object");
        }
        return field.fields();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
