package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what CreateTable says of keys and indexes, and refuses what DynamoDB refuses. */
final class Definition {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final KeySchema keys;
    private final List<Index> indexes = new ArrayList<>();

    Definition(ObjectNode request) {
        for (JsonNode attribute : Json.requiredArray(request, "AttributeDefinitions")) {
            ObjectNode definition = object(attribute);
            String type = Json.requiredText(definition, "AttributeType");
            if (!Set.of("S", "N", "B").contains(type)) {
                throw Refusal.invalid("1 validation error detected: Value '" + type + "' at 'attributeDefinitions.1."
                        + "member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B,"
                        + " N, S]");
            }
            if (types.put(Json.requiredText(definition, "AttributeName"), type) != null) {
                throw Refusal.invalid("Cannot have two attributes with the same name");
            }
        }
        keys = keys(request);
        ArrayNode globals = Json.optionalArray(request, "GlobalSecondaryIndexes");
        if (globals != null) {
            if (globals.isEmpty()) {
                throw Refusal.invalid(INVALID + "List of GlobalSecondaryIndexes is empty");
            }
            globals.forEach(index -> indexes.add(index(object(index))));
            if (indexes.stream().map(Index::name).distinct().count() != indexes.size()) {
                throw Refusal.invalid(INVALID + "Duplicate index name");
            }
        }
        ArrayNode locals = Json.optionalArray(request, "LocalSecondaryIndexes");
        if (locals != null) {
            // What they cost is not counted; no mirror makes one but in place of an older table.
            locals.forEach(index -> keys(object(index)));
        }
        if (!used.equals(types.keySet())) {
            throw Refusal.invalid(INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: "
                    + types.keySet() + ", keys used: " + used);
        }
    }

    KeySchema keys() {
        return keys;
    }

    List<Index> indexes() {
        return indexes;
    }

    private Index index(ObjectNode index) {
        ObjectNode projection = Json.requiredObject(index, "Projection");
        String type = Json.requiredText(projection, "ProjectionType");
        Set<String> projected = switch (type) {
            case "ALL" -> null;
            case "KEYS_ONLY" -> Set.of();
            case "INCLUDE" -> {
                Set<String> names = new HashSet<>();
                Json.requiredArray(projection, "NonKeyAttributes").forEach(name -> names.add(name.asText()));
                yield names;
            }
            default -> throw Refusal.invalid(INVALID + "Unknown ProjectionType: " + type);
        };
        return new Index(Json.requiredText(index, "IndexName"), keys(index), keys, projected);
    }

    private KeySchema keys(ObjectNode of) {
        ArrayNode schema = Json.requiredArray(of, "KeySchema");
        if (schema.isEmpty() || schema.size() > 2) {
            throw Refusal.invalid("1 validation error detected: Value at 'keySchema' failed to satisfy constraint:"
                    + " Member must have length less than or equal to 2 and greater than or equal to 1");
        }
        KeySchema.Attribute partition = attribute(schema.get(0), "HASH");
        KeySchema.@Nullable Attribute sort = schema.size() == 2 ? attribute(schema.get(1), "RANGE") : null;
        if (sort != null && sort.name().equals(partition.name())) {
            throw Refusal.invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        return new KeySchema(partition, sort);
    }

    private KeySchema.Attribute attribute(JsonNode element, String keyType) {
        ObjectNode key = object(element);
        String name = Json.requiredText(key, "AttributeName");
        if (!Json.requiredText(key, "KeyType").equals(keyType)) {
            throw Refusal.invalid("Invalid KeySchema: this KeySchemaElement is not a " + keyType + " key type");
        }
        String type = types.get(name);
        if (type == null) {
            throw Refusal.invalid(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                    + name + "], AttributeDefinitions: " + types.keySet());
        }
        used.add(name);
        return new KeySchema.Attribute(name, type);
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.unreadable("an object is expected, but this is: " + node.getNodeType());
    }
}
