package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document path.
 *
 * @param steps names of members (String) and indexes of elements (Integer); the first is a name
 */
record Path(List<Object> steps) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("#.+");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    static Path read(Tokens tokens, Placeholders placeholders) {
        List<Object> steps = new ArrayList<>();
        do {
            if (PLACEHOLDER.matcher(tokens.peek()).matches()) {
                steps.add(placeholders.name(tokens.take()));
            } else if (NAME.matcher(tokens.peek()).matches()) {
                if (ReservedWords.contains(tokens.peek())) {
                    throw tokens.invalid("Attribute name is a reserved keyword; reserved keyword: " + tokens.peek());
                }
                steps.add(tokens.take());
            } else {
                throw tokens.unexpected();
            }
            while (tokens.tookIf("[")) {
                if (!INDEX.matcher(tokens.peek()).matches()) {
                    throw tokens.unexpected();
                }
                steps.add(Integer.valueOf(tokens.take()));
                tokens.expect("]");
            }
        } while (tokens.tookIf("."));
        return new Path(List.copyOf(steps));
    }

    /** The attribute of the item in which the path begins. */
    String attribute() {
        return (String) steps.get(0);
    }

    boolean isAttribute() {
        return steps.size() == 1;
    }

    /** The index of the element that it ends at; -1 if it ends at a name. */
    int index() {
        return steps.get(steps.size() - 1) instanceof Integer index ? index : -1;
    }

    /** Whether one of the paths is a part of the other, or the same. */
    boolean overlaps(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, common).equals(other.steps.subList(0, common));
    }

    /** The attribute value there; null if there is none. */
    @Nullable
    JsonNode of(ObjectNode item) {
        JsonNode at = item.get(attribute());
        for (Object step : steps.subList(1, steps.size())) {
            if (at == null) {
                return null;
            }
            at = step instanceof Integer index
                    ? at.path("L").get(index)
                    : at.path("M").get((String) step);
        }
        return at;
    }

    /** Puts a value there, or removes what is there if it is null. The item is the caller's own. */
    void set(ObjectNode item, @Nullable JsonNode value) {
        if (isAttribute()) {
            put(item, attribute(), value);
            return;
        }
        JsonNode parent = new Path(steps.subList(0, steps.size() - 1)).of(item);
        Object last = steps.get(steps.size() - 1);
        if (last instanceof Integer index && parent != null && parent.get("L") instanceof ArrayNode list) {
            if (value == null) {
                list.remove(index);
            } else if (index < list.size()) {
                list.set(index, value);
            } else {
                list.add(value);
            }
        } else if (last instanceof String name && parent != null && parent.get("M") instanceof ObjectNode members) {
            put(members, name, value);
        } else {
            throw Refusal.invalid("The document path provided in the update expression is invalid for update");
        }
    }

    private static void put(ObjectNode object, String name, @Nullable JsonNode value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }
}
