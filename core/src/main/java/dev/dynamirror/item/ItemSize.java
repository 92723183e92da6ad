package dev.dynamirror.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
final class ItemSize {

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

    /**
     * The size in bytes of the item that a put has on the wire, {@code {"PutRequest":{"Item":{…}}}}.
     *
     * <p>An item is never larger than its bytes on the wire, so that most need not be counted.
     */
    static int of(byte[] put) {
        int size = 0;
        try (JsonParser json = JSON.createParser(put)) {
            // Into the request, and into the item.
            for (int depth = 0; depth < 3; ) {
                depth += json.nextToken() == JsonToken.START_OBJECT ? 1 : 0;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                size += utf8Length(json.currentName());
                json.nextToken();
                size += attributeSize(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return size;
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
