package dev.dynamirror.value;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonLocation;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;

/**
 * A JSON value as its compact text: without spaces, with keys in their order and numbers as they were written, non-ASCII
 * characters as themselves; never changed.
 *
 * <p>Two are equal if their texts are.
 */
public final class Json implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Takes names, numbers and strings of any length, and does not keep the names, which are data. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final String HEX = "0123456789abcdef";

    private final String text;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The JSON value that a text holds.
     *
     * @param text one JSON value, with any spaces around and in it
     * @throws IllegalArgumentException if the text is not one JSON value, nests deeper than 1,000 levels, or has half of
     *     a surrogate pair in a string
     */
    public static Json parse(String text) {
        StringBuilder compact = new StringBuilder(text.length());
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("not valid JSON: there is no value");
            }
            value(parser, compact);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("not valid JSON: there is more after the value");
            }
        } catch (JsonProcessingException e) {
            // A limit that is passed has no location.
            JsonLocation location = e.getLocation();
            throw new IllegalArgumentException(
                    "not valid JSON: " + e.getOriginalMessage()
                            + (location == null ? "" : " at character " + location.getColumnNr()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getMessage(), e);
        }
        return new Json(compact.toString());
    }

    /** The compact text. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static void value(JsonParser parser, StringBuilder out) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, out);
            case START_ARRAY -> array(parser, out);
            case VALUE_STRING -> string(parser.getText(), out);
            default -> out.append(parser.getText());
        }
    }

    private static void object(JsonParser parser, StringBuilder out) throws IOException {
        out.append('{');
        for (boolean first = true; parser.nextToken() != JsonToken.END_OBJECT; first = false) {
            if (!first) {
                out.append(',');
            }
            string(parser.currentName(), out);
            out.append(':');
            parser.nextToken();
            value(parser, out);
        }
        out.append('}');
    }

    private static void array(JsonParser parser, StringBuilder out) throws IOException {
        out.append('[');
        for (boolean first = true; parser.nextToken() != JsonToken.END_ARRAY; first = false) {
            if (!first) {
                out.append(',');
            }
            value(parser, out);
        }
        out.append(']');
    }

    private static void string(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> plain(c, out);
            }
        }
        out.append('"');
        if (hasHalfPair(value)) {
            throw new IllegalArgumentException("the JSON's string has half of a surrogate pair");
        }
    }

    private static void plain(char c, StringBuilder out) {
        if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        } else {
            out.append(c);
        }
    }

    /** Whether a surrogate stands alone: code points join those that are pairs. */
    private static boolean hasHalfPair(String value) {
        return value.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
