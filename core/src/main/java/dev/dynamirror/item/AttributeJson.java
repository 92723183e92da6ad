package dev.dynamirror.item;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values read from DynamoDB's own JSON, {@code {"key":{"N":"1"}}}. */
public final class AttributeJson {

    private static final JsonNodeParser JSON = JsonNodeParser.create();

    private AttributeJson() {}

    /** The attributes of an object that has one member for each of them, in its order; written by DynamoDB or by us. */
    public static Map<String, AttributeValue> attributes(JsonNode object) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        object.asObject().forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    /** The attributes of such an object in UTF-8. */
    public static Map<String, AttributeValue> attributes(byte[] json) {
        return attributes(JSON.parse(json));
    }

    /** The attributes of the item that a put as an element of a batch writes. */
    public static Map<String, AttributeValue> itemOf(Change.Put put) {
        JsonNode request = JSON.parse(put.wire()).field("PutRequest").orElseThrow();
        return attributes(request.field("Item").orElseThrow());
    }

    private static AttributeValue attribute(JsonNode node) {
        Map.Entry<String, JsonNode> typed =
                node.asObject().entrySet().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(value.asString());
            case "N" -> AttributeValue.fromN(value.asString());
            case "B" -> AttributeValue.fromB(binary(value));
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "NULL" -> AttributeValue.fromNul(value.asBoolean());
            case "L" -> AttributeValue.fromL(list(value, AttributeJson::attribute));
            case "M" -> AttributeValue.fromM(attributes(value));
            case "SS" -> AttributeValue.fromSs(list(value, JsonNode::asString));
            case "NS" -> AttributeValue.fromNs(list(value, JsonNode::asString));
            case "BS" -> AttributeValue.fromBs(list(value, AttributeJson::binary));
            default -> throw new IllegalArgumentException("no attribute type of DynamoDB's: " + typed.getKey());
        };
    }

    private static SdkBytes binary(JsonNode value) {
        return SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asString()));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> elements = new ArrayList<>();
        array.asArray().forEach(node -> elements.add(element.apply(node)));
        return elements;
    }
}
