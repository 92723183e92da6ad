package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.MirrorVersions;
import dev.dynamirror.item.OwnAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What it means that DynamoDB found the condition of a change to be false. */
final class FailedCondition {

    private static final JsonNodeParser JSON =
            JsonNodeParser.builder().jsonFactory(BatchJson.JSON).build();

    private FailedCondition() {}

    /**
     * An attribute that is a version.
     *
     * @param type DynamoDB's: N, S, …
     * @param text its value, if it is a number or a string
     */
    private record Version(String type, @Nullable String text) {
        static Version of(JsonNode attribute) {
            Map.Entry<String, JsonNode> typed =
                    attribute.asObject().entrySet().iterator().next();
            JsonNode value = typed.getValue();
            return new Version(typed.getKey(), value.isString() ? value.asString() : null);
        }

        static Version of(AttributeValue attribute) {
            return new Version(attribute.type().name(), attribute.n());
        }
    }

    /**
     * The reply that it stands for.
     *
     * @param body what DynamoDB answered, with the item that it has in {@code Item}
     * @param change what it was asked for
     */
    static BatchReply reply(byte[] body, Change change) {
        Optional<JsonNode> item = JSON.parse(body).field("Item");
        return item.isEmpty()
                ? nothingThere()
                : compared(change, name -> Version.of(item.get().field(name).orElseThrow()));
    }

    /**
     * The reply that it stands for.
     *
     * @param item the item that DynamoDB has; empty if it doesn't say
     * @param change what it was asked for
     */
    static BatchReply reply(Map<String, AttributeValue> item, Change change) {
        return item.isEmpty()
                ? nothingThere()
                : compared(change, name -> Version.of(Objects.requireNonNull(item.get(name))));
    }

    /** Nothing is newer: there was nothing to remove attributes from. */
    private static BatchReply nothingThere() {
        return new BatchReply.Answered(Set.of(), Double.NaN);
    }

    private static BatchReply compared(Change change, Function<String, Version> item) {
        JsonNode request = JSON.parse(change.wire());
        String name = within(request, "ExpressionAttributeNames", "#v").asString();
        Version there = item.apply(name);
        Version given = Version.of(within(request, "ExpressionAttributeValues", ":v"));
        if (!there.type.equals(given.type)) {
            // DynamoDB finds neither larger, so the item would keep its value for ever.
            return new BatchReply.Invalid("the item has the version \"" + name + "\" as " + there.type
                    + ", the row has it as "
                    + given.type + ", and DynamoDB compares versions of one type only; delete the item, or write to"
                    + " another table");
        }
        return new BatchReply.Overtaken(name.equals(OwnAttributes.VERSION)
                && MirrorVersions.isOfLaterEpoch(
                        Objects.requireNonNull(there.text), Objects.requireNonNull(given.text)));
    }

    private static JsonNode within(JsonNode object, String outer, String inner) {
        return object.field(outer).flatMap(node -> node.field(inner)).orElseThrow();
    }
}
