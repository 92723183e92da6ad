package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A ProjectionExpression. */
final class Projection {

    private final List<Path> paths;

    private Projection(List<Path> paths) {
        this.paths = paths;
    }

    /** The projection of a request; if it has none, of the whole item. */
    static Projection of(ObjectNode request, Placeholders placeholders) {
        List<Path> paths = new ArrayList<>();
        String expression = Json.optionalText(request, "ProjectionExpression");
        if (expression != null) {
            Tokens tokens = new Tokens("ProjectionExpression", expression);
            do {
                Path path = Path.read(tokens, placeholders);
                for (Path other : paths) {
                    if (path.overlaps(other)) {
                        throw tokens.invalid("Two document paths overlap with each other; must remove or rewrite one of"
                                + " these paths; path one: " + other.steps() + ", path two: " + path.steps());
                    }
                }
                paths.add(path);
            } while (tokens.tookIf(","));
            tokens.expectEnd();
        }
        return new Projection(paths);
    }

    boolean isWhole() {
        return paths.isEmpty();
    }

    /** The part of the item, or the item itself if it is whole. */
    ObjectNode of(ObjectNode item) {
        if (isWhole()) {
            return item;
        }
        ObjectNode part = Json.object();
        Map<String, List<List<Object>>> rests = new TreeMap<>();
        for (Path path : paths) {
            rests.computeIfAbsent(path.attribute(), name -> new ArrayList<>())
                    .add(path.steps().subList(1, path.steps().size()));
        }
        rests.forEach((name, rest) -> {
            JsonNode value = item.get(name);
            JsonNode kept = value == null ? null : part(value, rest);
            if (kept != null) {
                part.set(name, kept);
            }
        });
        return part;
    }

    /** What is left of a value by these rests of paths; null if nothing. */
    private static @Nullable JsonNode part(JsonNode value, List<List<Object>> rests) {
        if (rests.get(0).isEmpty()) {
            return value;
        }
        Map<Object, List<List<Object>>> byStep = new LinkedHashMap<>();
        for (List<Object> rest : rests) {
            byStep.computeIfAbsent(rest.get(0), step -> new ArrayList<>()).add(rest.subList(1, rest.size()));
        }
        ObjectNode members = Json.object();
        TreeMap<Integer, JsonNode> elements = new TreeMap<>();
        byStep.forEach((step, more) -> {
            JsonNode next = step instanceof Integer index
                    ? value.path("L").get(index)
                    : value.path("M").get((String) step);
            JsonNode kept = next == null ? null : part(next, more);
            if (kept != null && step instanceof Integer index) {
                elements.put(index, kept);
            } else if (kept != null) {
                members.set((String) step, kept);
            }
        });
        ObjectNode part = Json.object();
        if (!elements.isEmpty()) {
            part.putArray("L").addAll(elements.values());
        } else if (!members.isEmpty()) {
            part.set("M", members);
        }
        return part.isEmpty() ? null : part;
    }
}
