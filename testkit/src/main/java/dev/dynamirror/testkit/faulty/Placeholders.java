package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names and values that a request's expressions refer to; all of them must be used. */
final class Placeholders {

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, ObjectNode> values = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    Placeholders(ObjectNode request) {
        ObjectNode givenNames = Json.optionalObject(request, "ExpressionAttributeNames");
        if (givenNames != null) {
            if (givenNames.isEmpty()) {
                throw Refusal.invalid("ExpressionAttributeNames must not be empty");
            }
            for (Map.Entry<String, JsonNode> name : givenNames.properties()) {
                if (!name.getKey().matches("#[A-Za-z0-9_]+")) {
                    throw Refusal.invalid("ExpressionAttributeNames contains invalid key: Syntax error; key: \""
                            + name.getKey() + "\"");
                }
                names.put(name.getKey(), Json.requiredText(givenNames, name.getKey()));
            }
        }
        ObjectNode givenValues = Json.optionalObject(request, "ExpressionAttributeValues");
        if (givenValues != null) {
            if (givenValues.isEmpty()) {
                throw Refusal.invalid("ExpressionAttributeValues must not be empty");
            }
            for (Map.Entry<String, JsonNode> value : givenValues.properties()) {
                if (!value.getKey().matches(":[A-Za-z0-9_]+")) {
                    throw Refusal.invalid("ExpressionAttributeValues contains invalid key: Syntax error; key: \""
                            + value.getKey() + "\"");
                }
                values.put(value.getKey(), ItemChecks.value(value.getValue()));
            }
        }
    }

    String name(String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw Refusal.invalid("An expression attribute name used in the document path is not defined; attribute"
                    + " name: " + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    ObjectNode value(String placeholder) {
        ObjectNode value = values.get(placeholder);
        if (value == null) {
            throw Refusal.invalid(
                    "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /** Refuses what no expression has used. To be called when all are read. */
    void checkUsed() {
        check("Names", names.keySet());
        check("Values", values.keySet());
    }

    private void check(String what, Set<String> given) {
        Set<String> unused = new TreeSet<>(given);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw Refusal.invalid("Value provided in ExpressionAttribute" + what + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
