package dev.dynamirror.reconcile;

import dev.dynamirror.item.Key;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.table.TableSpec;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as it is told to people and programs.
 *
 * @param table its table
 * @param content its compared attributes
 */
record ItemText(TableSpec table, Content content) implements Serializable {

    /** Its attributes by name. */
    Map<String, AttributeValue> attributes() {
        return content.attributes();
    }

    /** Its key: {@code {id=7, at="2025"}}. */
    String key() {
        Key key = table.keyOf(attributes());
        String text = "{" + table.partition().attribute() + "=" + key.partition();
        return (table.sort() == null ? text : text + ", " + table.sort().attribute() + "=" + key.sort()) + "}";
    }

    /** Its key, as {@link SortableKey} has it. */
    byte[] sortableKey() {
        return SortableKey.of(table.keyOf(attributes()));
    }

    /** Its key in DynamoDB's JSON. */
    String keyJson() {
        Map<String, AttributeValue> attributes = attributes();
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        table.keyParts().forEach(part -> key.put(part.attribute(), attributes.get(part.attribute())));
        return ItemJson.DYNAMODB.object(key);
    }

    /** Its attributes in DynamoDB's JSON, the key first. */
    String json() {
        return ItemJson.DYNAMODB.line(table, attributes());
    }

    /** A text as JSON has it. */
    static String quoted(String text) {
        return ItemJson.PLAIN.value(AttributeValue.fromS(text));
    }
}
