package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Sends each request to DynamoDB Local and to the server of our own, and collects what differs. */
final class Twins {

    /** What depends on the time, the place or chance, and wordings. */
    private static final Set<String> VOLATILE = Set.of(
            "message",
            "Message",
            "TableId",
            "CreationDateTime",
            "TableArn",
            "IndexArn",
            "LatestStreamLabel",
            "LatestStreamArn",
            "LastIncreaseDateTime",
            "LastDecreaseDateTime",
            "LastUpdateToPayPerRequestDateTime");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RawClient local;
    private final RawClient ours;
    private final List<String> differences = new ArrayList<>();

    Twins(URI local, URI ours) {
        this.local = new RawClient(local);
        this.ours = new RawClient(ours);
    }

    /** Sends a request, written with ' for ", to both; returns our answer. */
    RawClient.Answer send(String operation, String json) throws IOException {
        return exactly(operation, json.replace('\'', '"'));
    }

    RawClient.Answer exactly(String operation, String json) throws IOException {
        RawClient.Answer theirs = local.send(operation, json);
        RawClient.Answer answer = ours.send(operation, json);
        if (!json.matches("(?s).*\"ReturnConsumedCapacity\": \"(TOTAL|INDEXES)\".*")
                && theirs.body() instanceof ObjectNode body) {
            // DynamoDB Local tells it unasked when a condition held for an item that is not there.
            body.remove("ConsumedCapacity");
        }
        String expected = theirs.status() + " " + theirs.code() + " " + normal(theirs.body());
        String actual = answer.status() + " " + answer.code() + " " + normal(answer.body());
        if (!expected.equals(actual)) {
            differences.add(operation + " " + shortened(json) + "\n    local: " + shortened(expected) + " "
                    + message(theirs) + "\n    ours:  " + shortened(actual) + " " + message(answer));
        }
        return answer;
    }

    /** Sends a request whose answers are known to differ: what each answers, as status and exception. */
    void differ(String operation, String json, String local, String ours) throws IOException {
        String text = json.replace('\'', '"');
        String both = brief(this.local.send(operation, text)) + " | " + brief(this.ours.send(operation, text));
        if (!both.equals(local + " | " + ours)) {
            differences.add(operation + " " + shortened(text) + "\n    both: " + both);
        }
    }

    private static String brief(RawClient.Answer answer) {
        return (answer.status() + " " + answer.code()).strip();
    }

    List<String> differences() {
        return differences;
    }

    private static String message(RawClient.Answer answer) {
        return answer.body().path("message").asText()
                + answer.body().path("Message").asText();
    }

    private static String shortened(String text) {
        return text.length() <= 1000 ? text : text.substring(0, 1000) + "…(" + text.length() + ")";
    }

    /** Without what is volatile; sets, and items in pages without an order, are sorted. */
    private static JsonNode normal(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode normal = MAPPER.createObjectNode();
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.sort(Comparator.naturalOrder());
            for (String name : names) {
                if (!VOLATILE.contains(name) && !name.equals("__type")) {
                    JsonNode value = normal(object.get(name));
                    boolean unordered = Set.of("SS", "NS", "BS").contains(name) || name.equals("ConsumedCapacity");
                    normal.set(name, unordered && value instanceof ArrayNode array ? sorted(array) : value);
                }
            }
            return normal;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode normal = MAPPER.createArrayNode();
            array.forEach(element -> normal.add(normal(element)));
            return normal;
        }
        return node;
    }

    static ArrayNode sorted(ArrayNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        elements.sort(Comparator.comparing(JsonNode::toString));
        return MAPPER.createArrayNode().addAll(elements);
    }
}
