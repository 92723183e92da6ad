package dev.dynamirror.read;

import dev.dynamirror.value.LiveType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was seen of the named values of maps, or of items.
 *
 * @param values what was seen under each name, sorted by name
 * @param everywhere the names that all the maps have
 */
record SeenFields(Map<String, SeenValues> values, Set<String> everywhere) {

    static SeenFields of(Map<String, AttributeValue> fields) {
        Map<String, SeenValues> values = new TreeMap<>();
        fields.forEach((name, value) -> values.put(name, SeenValues.of(value)));
        return new SeenFields(values, values.keySet());
    }

    SeenFields and(SeenFields other) {
        Map<String, SeenValues> both = new TreeMap<>(values);
        other.values.forEach((name, seen) -> both.merge(name, seen, SeenValues::and));
        Set<String> common = new TreeSet<>(everywhere);
        common.retainAll(other.everywhere);
        return new SeenFields(both, common);
    }

    /** The type under that name; optional if a map is without it. */
    LiveType type(String name) {
        LiveType type = values.getOrDefault(name, SeenValues.NOTHING).type();
        return everywhere.contains(name) ? type : type.optional();
    }

    /** What was seen under all names together. */
    SeenValues joined() {
        return values.values().stream().reduce(SeenValues.NOTHING, SeenValues::and);
    }
}
