package dev.dynamirror.flink.input;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamReadConstraints;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * A JSON value: a field's or an element's.
 *
 * @param token the token that it begins with
 * @param text the value's text: of a string unescaped, of an array or object all of it as it was written
 */
record JsonField(JsonToken token, String text) {

    /** Does not keep the names, which are data in maps. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Reads something at the parser's first token, and leaves the parser at the end of it. */
    private interface Reader<T> {
        T read(JsonParser json) throws IOException, BadValueException;
    }

    /**
     * The value that a text holds.
     *
     * @throws BadValueException if the text is not one JSON value
     */
    static JsonField parse(String text) throws BadValueException {
        return parse(text, json -> value(json, text));
    }

    /**
     * The fields of the object that a text holds, by name, in their order; nothing if it holds another value.
     *
     * @throws BadValueException if the text is not one JSON value, or two fields of the object have one name
     */
    static Optional<Map<String, JsonField>> parseObject(String text) throws BadValueException {
        return parse(text, json -> {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                return Optional.of(fields(json, text));
            }
            json.skipChildren();
            return Optional.empty();
        });
    }

    private static <T> T parse(String text, Reader<T> reader) throws BadValueException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() == null) {
                throw new BadValueException("not valid JSON: there is no value");
            }
            T value = reader.read(json);
            if (json.nextToken() != null) {
                throw new BadValueException("not valid JSON: there is more after the value");
            }
            return value;
        } catch (JsonEOFException e) {
            throw new BadValueException("not valid JSON: it ends within the value");
        } catch (JsonProcessingException e) {
            throw new BadValueException("not valid JSON" + characterOf(e) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadValueException("not valid JSON: " + e.getMessage());
        }
    }

    /** Jackson's own limits, as of nesting, have no place. */
    private static String characterOf(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at character " + e.getLocation().getColumnNr();
    }

    boolean isAbsent() {
        return token == JsonToken.VALUE_NULL;
    }

    /** The kind that the value has, which must not be absent. */
    CellKind kind() {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> CellKind.BOOL;
            case VALUE_NUMBER_INT -> CellKind.ofInteger(text);
            case VALUE_NUMBER_FLOAT -> CellKind.FLOAT;
            case VALUE_STRING -> CellKind.STR;
            case START_ARRAY -> CellKind.LIST;
            case START_OBJECT -> CellKind.DOCUMENT;
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    /**
     * The elements of an array.
     *
     * @throws BadValueException if this is none
     */
    List<JsonField> elements() throws BadValueException {
        try (JsonParser json = FACTORY.createParser(text)) {
            List<JsonField> elements = new ArrayList<>();
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(json, text));
            }
            return elements;
        } catch (IOException e) {
            throw new BadValueException("not valid JSON: " + e.getMessage());
        }
    }

    /**
     * The fields of an object by name, in their order.
     *
     * @throws BadValueException if two fields have one name
     */
    Map<String, JsonField> fields() throws BadValueException {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            return fields(json, text);
        } catch (IOException e) {
            throw new BadValueException("not valid JSON: " + e.getMessage());
        }
    }

    private static Map<String, JsonField> fields(JsonParser json, String source) throws IOException, BadValueException {
        Map<String, JsonField> fields = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (fields.put(name, value(json, source)) != null) {
                throw new BadValueException("the object has two fields named \"" + name + "\"");
            }
        }
        return fields;
    }

    /** The value as JSON, with its numbers as they were written. */
    String json() {
        if (token != JsonToken.VALUE_STRING) {
            return text;
        }
        StringWriter quoted = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(quoted)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return quoted.toString();
    }

    /** The value as errors show it. */
    String described() {
        return switch (token) {
            case VALUE_STRING -> Excerpt.quoted(text);
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_TRUE, VALUE_FALSE -> "the bool " + text;
            case VALUE_NULL -> "null";
            default -> "the number " + Excerpt.of(text);
        };
    }

    /** The value that begins at the parser's token; the parser is at its end then. */
    private static JsonField value(JsonParser json, String source) throws IOException {
        JsonToken token = json.currentToken();
        if (!token.isStructStart()) {
            return new JsonField(token, json.getText());
        }
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        return new JsonField(
                token, source.substring(start, (int) json.currentLocation().getCharOffset()));
    }
}
