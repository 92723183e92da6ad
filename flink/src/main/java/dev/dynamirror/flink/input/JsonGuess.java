package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type as JSON values let us guess it: of a column, of a document's field, or of a list's elements. */
final class JsonGuess {

    /** More than DynamoDB takes by far, and less than would be too much for whoever looks into the type. */
    private static final int MOST_NESTED = 100;

    private final int depth;
    private final SeenKinds kinds = new SeenKinds();

    /** The fields of all documents that were seen, in the order in which they were. */
    private final Map<String, JsonGuess> fields = new LinkedHashMap<>();

    private @Nullable JsonGuess element;
    private long documents;
    private long elements;
    private long present;

    /** A guess of a column's type. */
    JsonGuess() {
        this(0);
    }

    private JsonGuess(int depth) {
        this.depth = depth;
    }

    /**
     * Learns from a value.
     *
     * @throws BadValueException if it has a document with two fields of one name, or is nested too deep
     */
    void see(long line, JsonField value) throws BadValueException {
        if (depth > MOST_NESTED) {
            throw new BadValueException("the value nests more than " + MOST_NESTED
                    + " arrays and objects; a schema must say which type the column has, like json");
        }
        if (value.isAbsent()) {
            return;
        }
        present++;
        CellKind kind = value.kind();
        kinds.add(kind, line);
        if (kind == CellKind.DOCUMENT) {
            documents++;
            for (Map.Entry<String, JsonField> field : value.fields().entrySet()) {
                fields.computeIfAbsent(field.getKey(), name -> new JsonGuess(depth + 1))
                        .see(line, field.getValue());
            }
        } else if (kind == CellKind.LIST) {
            if (element == null) {
                element = new JsonGuess(depth + 1);
            }
            for (JsonField each : value.elements()) {
                elements++;
                element.see(line, each);
            }
        }
    }

    /**
     * The type: that of documents with all fields that were seen, if they are any.
     *
     * @param times how often there was room for a value; if there wasn't always one, the type is optional
     * @throws BadValueException if values are of types that don't go together
     */
    LiveType type(long times) throws BadValueException {
        LiveType required = required();
        return present < times ? required.optional() : required;
    }

    private LiveType required() throws BadValueException {
        if (element != null && kinds.only(CellKind.LIST)) {
            try {
                return new ListType(element.type(elements));
            } catch (BadValueException e) {
                throw e.inElements();
            }
        }
        if (documents > 0 && kinds.only(CellKind.DOCUMENT)) {
            return fields.isEmpty() ? new MapType(ScalarType.STR) : document();
        }
        if (kinds.contains(CellKind.FLOAT) && kinds.only(CellKind.INT, CellKind.LARGE_INT, CellKind.FLOAT)) {
            return ScalarType.FLOAT;
        }
        return kinds.commonType()
                .orElseThrow(() -> new BadValueException(
                        "found " + kinds + "; a schema must say which type the column has, and json takes any value"));
    }

    private DocumentType document() throws BadValueException {
        if (fields.containsKey("")) {
            throw new BadValueException(
                    "the object has a field without a name; a schema must say which type the column has, like json");
        }
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, JsonGuess> field : fields.entrySet()) {
            try {
                columns.add(new Column(field.getKey(), field.getValue().type(documents)));
            } catch (BadValueException e) {
                throw e.inField(field.getKey());
            }
        }
        return new DocumentType(new Schema(columns));
    }
}
