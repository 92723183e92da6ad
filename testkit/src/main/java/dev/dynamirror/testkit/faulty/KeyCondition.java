package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A KeyConditionExpression: which partition is read, and which of its sort keys.
 *
 * @param partition the partition key
 * @param sort what holds of the sort keys, in the form in which items have them
 */
record KeyCondition(KeyPart partition, Predicate<JsonNode> sort) {

    private static final Set<String> COMPARATORS = Set.of("=", "<", "<=", ">", ">=");
    private static final Map<String, String> MIRRORED = Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=");

    static KeyCondition of(ObjectNode request, KeySchema keys, Placeholders placeholders) {
        String expression = Json.optionalText(request, "KeyConditionExpression");
        if (expression == null) {
            throw Refusal.invalid(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                            + " request.");
        }
        Tokens tokens = new Tokens("KeyConditionExpression", expression);
        List<Part> parts = new ArrayList<>();
        read(tokens, placeholders, parts);
        tokens.expectEnd();
        Part partition = null;
        Part sort = null;
        KeySchema.Attribute sortKey = keys.sort();
        for (Part part : parts) {
            if (part.attribute.equals(keys.partition().name()) && partition == null) {
                partition = part.checked(keys.partition());
            } else if (sortKey != null && part.attribute.equals(sortKey.name()) && sort == null) {
                sort = part.checked(sortKey);
            } else {
                throw Refusal.invalid("Query key condition not supported");
            }
        }
        if (partition == null) {
            throw Refusal.invalid("Query condition missed key schema element: "
                    + keys.partition().name());
        }
        if (!partition.operator.equals("=")) {
            throw Refusal.invalid("Query key condition not supported");
        }
        return new KeyCondition(Values.part(partition.value), sort == null ? value -> true : sort::holds);
    }

    /** Reads conditions that are joined by AND. */
    private static void read(Tokens tokens, Placeholders placeholders, List<Part> parts) {
        do {
            if (tokens.tookIf("(")) {
                read(tokens, placeholders, parts);
                tokens.expect(")");
            } else {
                parts.add(part(tokens, placeholders));
            }
        } while (tokens.tookIf("AND"));
    }

    private static Part part(Tokens tokens, Placeholders placeholders) {
        if (tokens.atFunction()) {
            String function = tokens.take();
            if (!function.equals("begins_with")) {
                throw tokens.invalid("Invalid function name; function: " + function);
            }
            tokens.expect("(");
            String attribute = attribute(tokens, placeholders);
            tokens.expect(",");
            ObjectNode prefix = value(tokens, placeholders);
            tokens.expect(")");
            if (!prefix.has("S") && !prefix.has("B")) {
                throw tokens.invalid("Incorrect operand type for operator or function; operator or function:"
                        + " begins_with, operand type: " + Values.type(prefix));
            }
            return new Part(attribute, function, prefix, null);
        }
        if (tokens.peek().startsWith(":")) {
            ObjectNode value = value(tokens, placeholders);
            String operator = comparator(tokens);
            return new Part(attribute(tokens, placeholders), MIRRORED.getOrDefault(operator, operator), value, null);
        }
        String attribute = attribute(tokens, placeholders);
        if (tokens.tookIf("BETWEEN")) {
            ObjectNode low = value(tokens, placeholders);
            tokens.expect("AND");
            ObjectNode high = value(tokens, placeholders);
            if (!Values.compare(low, "<=", high)) {
                throw tokens.invalid(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower" + " bound;");
            }
            return new Part(attribute, "BETWEEN", low, high);
        }
        return new Part(attribute, comparator(tokens), value(tokens, placeholders), null);
    }

    private static String comparator(Tokens tokens) {
        if (!COMPARATORS.contains(tokens.peek())) {
            throw tokens.unexpected();
        }
        return tokens.take();
    }

    private static String attribute(Tokens tokens, Placeholders placeholders) {
        Path path = Path.read(tokens, placeholders);
        if (!path.isAttribute()) {
            throw tokens.invalid("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        return path.attribute();
    }

    private static ObjectNode value(Tokens tokens, Placeholders placeholders) {
        if (!tokens.peek().startsWith(":")) {
            throw tokens.unexpected();
        }
        return placeholders.value(tokens.take());
    }

    /**
     * A condition of one attribute.
     *
     * @param attribute its name
     * @param operator a comparator, BETWEEN or begins_with
     * @param value what it is compared with
     * @param high the upper bound of BETWEEN
     */
    private record Part(
            String attribute,
            String operator,
            ObjectNode value,
            @Nullable ObjectNode high) {

        Part checked(KeySchema.Attribute key) {
            if (!value.has(key.type()) || (high != null && !high.has(key.type()))) {
                throw Refusal.invalid("One or more parameter values were invalid: Condition parameter type does not"
                        + " match schema type");
            }
            KeyPart part = Values.part(value);
            if (!part.isNumber() && part.length() == 0) {
                throw Refusal.invalid(
                        "One or more parameter values are not valid. The AttributeValue for a key attribute"
                                + " cannot contain an empty string value. Key: " + attribute);
            }
            return this;
        }

        boolean holds(JsonNode key) {
            return switch (operator) {
                case "begins_with" -> Values.beginsWith(key, value);
                case "BETWEEN" -> Values.compare(key, ">=", value) && Values.compare(key, "<=", high);
                default -> Values.compare(key, operator, value);
            };
        }
    }
}
