package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks attribute values as DynamoDB does, brings them to its form, and measures them. */
@SuppressWarnings("ReferenceEquality") // What needs no change is given back as the same object.
final class ItemChecks {

    static final int LARGEST_ITEM = 409_600;

    /** How deep lists and maps may be; what is in the deepest is the 32nd level. */
    private static final int DEEPEST = 31;

    private static final int COLLECTION_SIZE = 3;

    private int size;

    private ItemChecks() {}

    /** An item that may be stored, as far as it does not depend on the table. */
    static Item item(ObjectNode attributes) {
        Item item = attributes(attributes);
        if (item.size() > LARGEST_ITEM) {
            throw Refusal.invalid("Item size has exceeded the maximum allowed size");
        }
        return item;
    }

    /** Attributes of a key or of an item, whatever their size. */
    static Item attributes(ObjectNode attributes) {
        ItemChecks checks = new ItemChecks();
        return new Item(checks.members(attributes, 1, 0), checks.size);
    }

    /** A single value, as in ExpressionAttributeValues. */
    static ObjectNode value(JsonNode value) {
        return new ItemChecks().value(value, 1);
    }

    /** How many bytes a text takes in UTF-8. */
    static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                // Each half of a pair is two of its four bytes.
                length += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                length++;
            }
        }
        return length;
    }

    static byte[] bytes(String base64) {
        if (base64.length() % 4 != 0) {
            throw Refusal.unreadable("no base64: its length is no multiple of 4");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.unreadable("no base64: " + e.getMessage());
        }
    }

    private ObjectNode members(ObjectNode members, int depth, int perMember) {
        ObjectNode changed = null;
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (member.getKey().isEmpty()) {
                throw Refusal.invalid("Empty attribute name");
            }
            size += utf8Length(member.getKey()) + perMember;
            ObjectNode canonical = value(member.getValue(), depth);
            if (canonical != member.getValue()) {
                if (changed == null) {
                    changed = Json.object();
                    changed.setAll(members);
                }
                changed.set(member.getKey(), canonical);
            }
        }
        return changed == null ? members : changed;
    }

    private ObjectNode value(JsonNode node, int depth) {
        if (node.isNull()) {
            throw Refusal.invalid("The supplied Item contains a null AttributeValue");
        }
        if (!(node instanceof ObjectNode value)) {
            throw Refusal.unreadable("an attribute value is an object, but this is: " + node.getNodeType());
        }
        Iterator<Map.Entry<String, JsonNode>> types = value.properties().iterator();
        if (!types.hasNext()) {
            throw Refusal.invalid(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        Map.Entry<String, JsonNode> typed = types.next();
        if (types.hasNext()) {
            throw Refusal.invalid("Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                    + " the supported datatypes");
        }
        String type = typed.getKey();
        JsonNode content = typed.getValue();
        if (content.isNull()) {
            throw Refusal.invalid(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        return switch (type) {
            case "S" -> {
                size += utf8Length(text(type, content));
                yield value;
            }
            case "N" -> number(value, text(type, content));
            case "B" -> binary(value, text(type, content));
            case "BOOL" -> {
                if (!content.isBoolean()) {
                    throw wrong(type, content);
                }
                size++;
                yield value;
            }
            case "NULL" -> {
                if (!content.isBoolean()) {
                    throw wrong(type, content);
                }
                if (!content.booleanValue()) {
                    throw Refusal.invalid("One or more parameter values were invalid: Null attribute value types must"
                            + " have the value of true");
                }
                size++;
                yield value;
            }
            case "M" -> {
                if (!(content instanceof ObjectNode members)) {
                    throw wrong(type, content);
                }
                checkDepth(depth);
                size += COLLECTION_SIZE;
                ObjectNode canonical = members(members, depth + 1, 1);
                yield canonical == members ? value : of(type, canonical);
            }
            case "L" -> list(value, array(type, content), depth);
            case "SS", "NS", "BS" -> set(type, array(type, content));
            default ->
                throw Refusal.invalid(
                        "Supplied AttributeValue is empty, must contain exactly one of the" + " supported datatypes");
        };
    }

    private static void checkDepth(int depth) {
        if (depth > DEEPEST) {
            throw Refusal.invalid("Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                    + " levels beyond supported limit");
        }
    }

    private ObjectNode number(ObjectNode value, String text) {
        String canonical = Numbers.canonical(text);
        size += Numbers.size(canonical);
        return canonical.equals(text) ? value : of("N", JsonNodeFactory.instance.textNode(canonical));
    }

    private ObjectNode binary(ObjectNode value, String text) {
        byte[] bytes = bytes(text);
        size += bytes.length;
        // The last character may have had bits that are in no byte.
        String canonical = Base64.getEncoder().encodeToString(bytes);
        return canonical.equals(text) ? value : of("B", JsonNodeFactory.instance.textNode(canonical));
    }

    private ObjectNode list(ObjectNode value, ArrayNode elements, int depth) {
        checkDepth(depth);
        size += COLLECTION_SIZE;
        ArrayNode changed = null;
        for (int i = 0; i < elements.size(); i++) {
            size++;
            ObjectNode canonical = value(elements.get(i), depth + 1);
            if (canonical != elements.get(i)) {
                if (changed == null) {
                    changed = JsonNodeFactory.instance.arrayNode().addAll(elements);
                }
                changed.set(i, canonical);
            }
        }
        return changed == null ? value : of("L", changed);
    }

    private ObjectNode set(String type, ArrayNode elements) {
        if (elements.isEmpty()) {
            throw Refusal.invalid("One or more parameter values were invalid: An "
                    + (type.equals("SS") ? "string" : type.equals("NS") ? "number" : "binary")
                    + " set  may not be empty");
        }
        // A set has no order; one of them makes equal sets equal.
        TreeMap<KeyPart, String> sorted = new TreeMap<>();
        List<String> all = new ArrayList<>();
        for (JsonNode element : elements) {
            String text = text(type, element);
            all.add(text);
            ObjectNode canonical = value(of(type.substring(0, 1), JsonNodeFactory.instance.textNode(text)), DEEPEST);
            String content = canonical.get(type.substring(0, 1)).textValue();
            if (sorted.put(KeyPart.of(type.substring(0, 1), content), content) != null) {
                throw Refusal.invalid(
                        "One or more parameter values were invalid: Input collection " + all + " contains duplicates.");
            }
        }
        ArrayNode canonical = JsonNodeFactory.instance.arrayNode();
        sorted.values().forEach(canonical::add);
        return of(type, canonical);
    }

    private static ObjectNode of(String type, JsonNode content) {
        ObjectNode value = Json.object();
        value.set(type, content);
        return value;
    }

    private static String text(String type, JsonNode content) {
        if (!content.isTextual()) {
            throw wrong(type, content);
        }
        return content.textValue();
    }

    private static ArrayNode array(String type, JsonNode content) {
        if (content instanceof ArrayNode array) {
            return array;
        }
        throw wrong(type, content);
    }

    private static Refusal wrong(String type, JsonNode content) {
        return Refusal.unreadable("a value of the type " + type + " can't be: " + content.getNodeType());
    }
}
