package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.MirrorVersions;
import dev.dynamirror.item.OwnAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/** What it means that DynamoDB found the condition of a change to be false. */
final class FailedCondition {

    private static final JsonNodeParser JSON =
            JsonNodeParser.builder().jsonFactory(BatchJson.JSON).build();

    private FailedCondition() {}

    /**
     * The reply that it stands for.
     *
     * @param body what DynamoDB answered, with the item that it has in {@code Item}
     * @param change what it was asked for
     */
    static BatchReply reply(byte[] body, Change change) {
        Optional<JsonNode> item = JSON.parse(body).field("Item");
        if (item.isEmpty()) {
            // Nothing is newer: there was nothing to remove attributes from.
            return new BatchReply.Answered(Set.of(), Double.NaN);
        }
        JsonNode request = JSON.parse(change.wire());
        String name = within(request, "ExpressionAttributeNames", "#v").asString();
        JsonNode there = item.get().field(name).orElseThrow();
        JsonNode given = within(request, "ExpressionAttributeValues", ":v");
        if (!type(there).equals(type(given))) {
            // DynamoDB finds neither larger, so the item would keep its value for ever.
            return new BatchReply.Invalid("the item has the version \"" + name + "\" as " + type(there)
                    + ", the row has it as "
                    + type(given) + ", and DynamoDB compares versions of one type only; delete the item, or write to"
                    + " another table");
        }
        return new BatchReply.Overtaken(
                name.equals(OwnAttributes.VERSION) && MirrorVersions.isOfLaterEpoch(number(there), number(given)));
    }

    private static JsonNode within(JsonNode object, String outer, String inner) {
        return object.field(outer).flatMap(node -> node.field(inner)).orElseThrow();
    }

    private static String type(JsonNode attribute) {
        return typed(attribute).getKey();
    }

    private static String number(JsonNode attribute) {
        return typed(attribute).getValue().asString();
    }

    private static Map.Entry<String, JsonNode> typed(JsonNode attribute) {
        return attribute.asObject().entrySet().iterator().next();
    }
}
