package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of canonical attribute values. */
final class Values {

    private static final Set<String> ORDERED = Set.of("S", "N", "B");

    private Values() {}

    static String type(JsonNode value) {
        return value.fieldNames().next();
    }

    static boolean isOrdered(JsonNode value) {
        return ORDERED.contains(type(value));
    }

    static KeyPart part(JsonNode value) {
        String type = type(value);
        return KeyPart.of(type, value.get(type).textValue());
    }

    /** Whether both are there and the comparison holds. */
    static boolean compare(@Nullable JsonNode left, String operator, @Nullable JsonNode right) {
        if (operator.equals("=")) {
            return left != null && right != null && left.equals(right);
        }
        if (operator.equals("<>")) {
            return !Objects.equals(left, right);
        }
        if (left == null || right == null || !isOrdered(left) || !type(left).equals(type(right))) {
            return false;
        }
        int order = part(left).compareTo(part(right));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    static boolean beginsWith(@Nullable JsonNode value, @Nullable JsonNode prefix) {
        return value != null
                && prefix != null
                && !type(value).equals("N")
                && isOrdered(value)
                && type(value).equals(type(prefix))
                && part(value).startsWith(part(prefix));
    }

    static boolean contains(@Nullable JsonNode value, @Nullable JsonNode content) {
        if (value == null || content == null) {
            return false;
        }
        String type = type(value);
        String wanted = type(content);
        if (type.equals("S")) {
            return wanted.equals("S")
                    && value.get("S").textValue().contains(content.get("S").textValue());
        }
        if (type.equals("L")) {
            return has(value.get("L"), content);
        }
        return type.equals(wanted + "S") && has(value.get(type), content.get(wanted));
    }

    private static boolean has(Iterable<JsonNode> elements, JsonNode wanted) {
        for (JsonNode element : elements) {
            if (element.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The value of the function size. */
    static @Nullable ObjectNode size(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        String type = type(value);
        return switch (type) {
            case "S" -> number(ItemChecks.utf8Length(value.get(type).textValue()));
            case "B" -> number(ItemChecks.bytes(value.get(type).textValue()).length);
            case "N", "BOOL", "NULL" -> null;
            default -> number(value.get(type).size());
        };
    }

    /** The sum or difference of two numbers. */
    static ObjectNode sum(JsonNode left, String operator, JsonNode right) {
        if (!left.has("N") || !right.has("N")) {
            throw Refusal.invalid("An operand in the update expression has an incorrect data type");
        }
        BigDecimal first = Numbers.parse(left.get("N").textValue());
        BigDecimal second = Numbers.parse(right.get("N").textValue());
        BigDecimal sum = operator.equals("+") ? first.add(second) : first.subtract(second);
        return Json.object().put("N", Numbers.canonical(sum.toString()));
    }

    private static ObjectNode number(int number) {
        return Json.object().put("N", Integer.toString(number));
    }
}
