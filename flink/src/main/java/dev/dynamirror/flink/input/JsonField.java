package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.ScalarType;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * The value of a JSON object's field.
 *
 * @param token the token that it begins with
 * @param text the value's text, unescaped; of a nested value its bracket
 */
record JsonField(JsonToken token, String text) {

    boolean isAbsent() {
        return token == JsonToken.VALUE_NULL;
    }

    /** The kind that the value has. */
    CellKind kind() throws BadValueException {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> CellKind.BOOL;
            case VALUE_NUMBER_INT -> CellKind.ofInteger(text);
            case VALUE_NUMBER_FLOAT -> CellKind.FLOAT;
            case VALUE_STRING -> CellKind.STR;
            default -> throw nested();
        };
    }

    /** The value as one of a column. */
    @Nullable
    Object value(Column column) throws BadValueException {
        if (isAbsent()) {
            return CellParser.absent(column.type());
        }
        if (token.isStructStart()) {
            throw nested();
        }
        ScalarType type = RowTypes.scalar(column.type());
        if (!fits(type)) {
            throw new BadValueException("expected " + CellParser.expectation(type) + ", but found " + literal());
        }
        return CellParser.parse(type, text);
    }

    /** Whether the JSON value is of the kind that a type is written in; a float may be written as an integer. */
    private boolean fits(ScalarType type) {
        return switch (type) {
            case BOOL -> token.isBoolean();
            case INT -> token == JsonToken.VALUE_NUMBER_INT;
            case FLOAT -> token.isNumeric();
            case STR, BYTES, DATETIME_NAIVE, DATETIME_UTC -> token == JsonToken.VALUE_STRING;
        };
    }

    private String literal() {
        return token == JsonToken.VALUE_STRING ? Excerpt.quoted(text) : "the " + word() + " " + Excerpt.of(text);
    }

    private String word() {
        return token.isNumeric() ? "number" : "bool";
    }

    private BadValueException nested() {
        return new BadValueException("nested values are not supported yet, but found "
                + (token == JsonToken.START_ARRAY ? "an array" : "an object"));
    }
}
