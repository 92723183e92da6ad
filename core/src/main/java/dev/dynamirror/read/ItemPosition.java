package dev.dynamirror.read;

import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;

/**
 * A place in a selection of items, from which reading can go on in another process.
 *
 * @param key the key of the last item before it, in DynamoDB's JSON: {@code {"id":{"N":"7"}}}
 */
public record ItemPosition(String key) implements Serializable {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is no key in DynamoDB's JSON
     */
    public ItemPosition {
        parse(key);
    }

    static ItemPosition after(Map<String, AttributeValue> key) {
        return new ItemPosition(ItemJson.DYNAMODB.object(key));
    }

    /** The key as the SDK takes it. */
    Map<String, AttributeValue> exclusiveStartKey() {
        return parse(key);
    }

    private static Map<String, AttributeValue> parse(String text) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT, text);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                require(json.nextToken() == JsonToken.START_OBJECT, text);
                key.put(name, value(json, text));
                require(json.nextToken() == JsonToken.END_OBJECT, text);
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, text);
        } catch (IOException e) {
            throw new IllegalArgumentException(noKey(text), e);
        }
        require(!key.isEmpty(), text);
        return key;
    }

    private static AttributeValue value(JsonParser json, String text) throws IOException {
        String type = json.nextFieldName();
        String value = json.nextTextValue();
        if (type == null || value == null) {
            throw new IllegalArgumentException(noKey(text));
        }
        return switch (type) {
            case "S" -> AttributeValue.fromS(value);
            case "N" -> AttributeValue.fromN(value);
            case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(json.getBinaryValue()));
            default -> throw new IllegalArgumentException(noKey(text));
        };
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw new IllegalArgumentException(noKey(text));
        }
    }

    private static String noKey(String text) {
        return "\"" + text + "\" is no key in DynamoDB's JSON; expected one like {\"id\":{\"N\":\"7\"}}";
    }
}
