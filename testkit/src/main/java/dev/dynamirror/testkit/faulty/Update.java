package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An UpdateExpression of SET and REMOVE. */
final class Update {

    private final Map<Path, Condition.Operand> sets = new LinkedHashMap<>();
    private final List<Path> removals = new ArrayList<>();

    private Update() {}

    /** The update of a request; if it has none, one that only makes the item. */
    static Update of(ObjectNode request, Placeholders placeholders) {
        Update update = new Update();
        String expression = Json.optionalText(request, "UpdateExpression");
        if (expression != null) {
            update.read(new Tokens("UpdateExpression", expression), placeholders);
        }
        return update;
    }

    /** The part of the item that the update is about: attributes in which it finds what it changes. */
    ObjectNode changedIn(ObjectNode item) {
        ObjectNode part = Json.object();
        Stream.concat(sets.keySet().stream(), removals.stream())
                .filter(path -> path.of(item) != null)
                .forEach(path -> part.set(path.attribute(), item.get(path.attribute())));
        return part;
    }

    /** The names of the attributes that are changed. */
    Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        sets.keySet().forEach(path -> names.add(path.attribute()));
        removals.forEach(path -> names.add(path.attribute()));
        return names;
    }

    /** The item after the update; values are those of before it. */
    ObjectNode apply(ObjectNode item) {
        ObjectNode changed = item.deepCopy();
        sets.forEach((path, operand) -> path.set(changed, operand.of(item)));
        // From the last element to the first, as the others move up.
        removals.stream().sorted(Comparator.comparing(Path::index).reversed()).forEach(path -> path.set(changed, null));
        return changed;
    }

    private void read(Tokens tokens, Placeholders placeholders) {
        Set<String> sections = new HashSet<>();
        while (!tokens.isEnd()) {
            String section = tokens.take().toUpperCase(Locale.ROOT);
            if (!sections.add(section)) {
                throw tokens.invalid("The \"" + section + "\" section can only be used once in an update expression;");
            }
            do {
                switch (section) {
                    case "SET" -> {
                        Path path = path(tokens, placeholders);
                        tokens.expect("=");
                        sets.put(path, sum(tokens, placeholders));
                    }
                    case "REMOVE" -> removals.add(path(tokens, placeholders));
                    case "ADD", "DELETE" -> throw tokens.invalid("this server has no " + section);
                    default -> throw tokens.invalid("Syntax error; token: \"" + section + "\"");
                }
            } while (tokens.tookIf(","));
        }
    }

    private Path path(Tokens tokens, Placeholders placeholders) {
        Path path = Path.read(tokens, placeholders);
        List<Path> others = new ArrayList<>(sets.keySet());
        others.addAll(removals);
        for (Path other : others) {
            if (path.overlaps(other)) {
                throw tokens.invalid("Two document paths overlap with each other; must remove or rewrite one of these"
                        + " paths; path one: " + other.steps() + ", path two: " + path.steps());
            }
        }
        return path;
    }

    private static Condition.Operand sum(Tokens tokens, Placeholders placeholders) {
        Condition.Operand left = operand(tokens, placeholders);
        if (!tokens.at("+") && !tokens.at("-")) {
            return left;
        }
        String operator = tokens.take();
        Condition.Operand right = operand(tokens, placeholders);
        return item -> Values.sum(required(left.of(item)), operator, required(right.of(item)));
    }

    private static Condition.Operand operand(Tokens tokens, Placeholders placeholders) {
        if (tokens.tookIf("(")) {
            Condition.Operand inner = sum(tokens, placeholders);
            tokens.expect(")");
            return inner;
        }
        if (tokens.peek().startsWith(":")) {
            return new Condition.Given(placeholders.value(tokens.take()));
        }
        if (tokens.atFunction()) {
            return function(tokens, placeholders);
        }
        Path path = Path.read(tokens, placeholders);
        return item -> required(path.of(item));
    }

    private static Condition.Operand function(Tokens tokens, Placeholders placeholders) {
        String name = tokens.take();
        tokens.expect("(");
        Condition.Operand function;
        switch (name) {
            case "if_not_exists" -> {
                Path path = Path.read(tokens, placeholders);
                tokens.expect(",");
                Condition.Operand otherwise = operand(tokens, placeholders);
                function = item -> {
                    JsonNode value = path.of(item);
                    return value == null ? otherwise.of(item) : value;
                };
            }
            case "list_append" -> {
                Condition.Operand first = operand(tokens, placeholders);
                tokens.expect(",");
                Condition.Operand second = operand(tokens, placeholders);
                function = item -> append(required(first.of(item)), required(second.of(item)));
            }
            default -> throw tokens.invalid("Invalid function name; function: " + name);
        }
        tokens.expect(")");
        return function;
    }

    private static ObjectNode append(JsonNode first, JsonNode second) {
        if (first.get("L") instanceof ArrayNode head && second.get("L") instanceof ArrayNode tail) {
            ObjectNode value = Json.object();
            value.putArray("L").addAll(head).addAll(tail);
            return value;
        }
        throw Refusal.invalid("An operand in the update expression has an incorrect data type");
    }

    private static JsonNode required(@Nullable JsonNode value) {
        if (value == null) {
            throw Refusal.invalid("The provided expression refers to an attribute that does not exist in the item");
        }
        return value;
    }
}
