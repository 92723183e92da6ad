package dev.dynamirror.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;

/**
 * The size of an item as DynamoDB counts it.
 *
 * <p>That is the sum of its names and values. A name and a string take their bytes of UTF-8, a binary its bytes, a
 * number what {@link Numbers#size} says, a boolean and an absent value 1. A list takes 3, and 1 and the value for each
 * element; a map takes 3, and 1, the name and the value for each entry; nested ones are no different.
 */
public final class ItemSize {

    /** The most that DynamoDB takes: 400 KB. */
    static final int MAX = 409_600;

    /** What a list or a map takes beside what is in it; each element takes 1 more. */
    private static final int CONTAINER = 3;

    /** Takes names of any length, and does not keep them: they may be the keys of maps. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private ItemSize() {}

    /** The size in bytes of an item with these attributes. */
    public static int of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(attribute -> utf8Length(attribute.getKey()) + sizeOf(attribute.getValue()))
                .sum();
    }

    private static int sizeOf(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8Length(value.s());
            case N -> Numbers.size(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case SS -> value.ss().stream().mapToInt(ItemSize::utf8Length).sum();
            case NS -> value.ns().stream().mapToInt(Numbers::size).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(element -> element.asByteArrayUnsafe().length)
                        .sum();
            case L ->
                CONTAINER
                        + value.l().stream()
                                .mapToInt(element -> 1 + sizeOf(element))
                                .sum();
            case M -> CONTAINER + value.m().size() + of(value.m());
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute type that the SDK doesn't know");
        };
    }

    /**
     * The size in bytes of the item that a put has on the wire: in an element of a batch, or in the body of a request of its
     * own. Of an UpdateItem request it is that of the key and of what is set: what else the item has, only DynamoDB knows.
     *
     * <p>An item is never larger than its bytes on the wire, so that most need not be counted.
     */
    static int of(byte[] put) {
        try (JsonParser json = JSON.createParser(put)) {
            json.nextToken();
            Map<String, String> names = Map.of();
            int size = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                switch (member) {
                    case "PutRequest" -> {}
                    case "Item" -> {
                        return attributesSize(json, name -> name);
                    }
                    case "Key" -> size += attributesSize(json, name -> name);
                    case "ExpressionAttributeNames" -> names = names(json);
                    case "ExpressionAttributeValues" -> {
                        Map<String, String> meanings = names;
                        size += attributesSize(
                                json,
                                // The value :1 is that of the attribute #1.
                                placeholder -> Objects.requireNonNull(meanings.get("#" + placeholder.substring(1))));
                    }
                    default -> json.skipChildren();
                }
            }
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of the attributes in the object that begins at the current token; ends at the token that closes it. */
    private static int attributesSize(JsonParser json, UnaryOperator<String> names) throws IOException {
        int size = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            size += utf8Length(names.apply(json.currentName()));
            json.nextToken();
            size += attributeSize(json);
        }
        return size;
    }

    private static Map<String, String> names(JsonParser json) throws IOException {
        Map<String, String> names = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String placeholder = json.currentName();
            json.nextToken();
            names.put(placeholder, json.getText());
        }
        return names;
    }

    /** The size of the attribute value whose object begins at the current token; ends at the token that closes it. */
    private static int attributeSize(JsonParser json) throws IOException {
        json.nextToken();
        String type = json.currentName();
        json.nextToken();
        int size = valueSize(type, json);
        json.nextToken();
        return size;
    }

    private static int listSize(JsonParser json) throws IOException {
        int size = CONTAINER;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            size += 1 + attributeSize(json);
        }
        return size;
    }

    private static int mapSize(JsonParser json) throws IOException {
        int size = CONTAINER;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            size += 1 + utf8Length(json.currentName());
            json.nextToken();
            size += attributeSize(json);
        }
        return size;
    }

    private static int valueSize(String type, JsonParser json) throws IOException {
        return switch (type) {
            case "S" -> utf8Length(json.getText());
            case "N" -> Numbers.size(json.getText());
            case "B" -> Base64.getDecoder().decode(json.getText()).length;
            case "BOOL", "NULL" -> 1;
            case "L" -> listSize(json);
            case "M" -> mapSize(json);
            default -> throw new IllegalStateException("no type that is written: " + type);
        };
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
