package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reading and writing of JSON, and of the members of requests. */
final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode read(byte[] bytes) {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw Refusal.unreadable("the body is no JSON: " + e.getMessage());
        }
        throw Refusal.unreadable("the body is no JSON object");
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable ObjectNode optionalObject(ObjectNode request, String name) {
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.unreadable(name + " is no object");
    }

    static ObjectNode requiredObject(ObjectNode request, String name) {
        ObjectNode object = optionalObject(request, name);
        if (object == null) {
            throw missing(name);
        }
        return object;
    }

    static @Nullable ArrayNode optionalArray(ObjectNode request, String name) {
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw Refusal.unreadable(name + " is no array");
    }

    static ArrayNode requiredArray(ObjectNode request, String name) {
        ArrayNode array = optionalArray(request, name);
        if (array == null) {
            throw missing(name);
        }
        return array;
    }

    static @Nullable String optionalText(ObjectNode request, String name) {
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Refusal.unreadable(name + " is no string");
        }
        return node.textValue();
    }

    static String requiredText(ObjectNode request, String name) {
        String text = optionalText(request, name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    static @Nullable Integer optionalInt(ObjectNode request, String name) {
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.canConvertToInt()) {
            throw Refusal.unreadable(name + " is no integer");
        }
        return node.intValue();
    }

    static boolean flag(ObjectNode request, String name) {
        JsonNode node = request.get(name);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw Refusal.unreadable(name + " is no boolean");
        }
        return node.booleanValue();
    }

    private static Refusal missing(String name) {
        return Refusal.invalid("1 validation error detected: Value null at '" + Character.toLowerCase(name.charAt(0))
                + name.substring(1) + "' failed to satisfy constraint: Member must not be null");
    }
}
