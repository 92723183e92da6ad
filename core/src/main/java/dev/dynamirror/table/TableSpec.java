package dev.dynamirror.table;

import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What a mirror needs of its table: the name and the key.
 *
 * @param name the table's name
 * @param partition the partition key
 * @param sort the sort key, or null
 */
public record TableSpec(
        String name, KeyPart partition, @Nullable KeyPart sort) implements Serializable {

    /**
     * A part of a table's key.
     *
     * @param attribute the attribute's name
     * @param type its DynamoDB type
     */
    public record KeyPart(String attribute, KeyType type) implements Serializable {
        @Override
        public String toString() {
            return "\"" + attribute + "\" (" + type + ")";
        }
    }

    /** The key as a table describes it. */
    public static TableSpec of(TableDescription table) {
        return new TableSpec(
                table.tableName(),
                part(table, table.keySchema().get(0)),
                table.keySchema().size() > 1 ? part(table, table.keySchema().get(1)) : null);
    }

    private static KeyPart part(TableDescription table, KeySchemaElement element) {
        return table.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(element.attributeName()))
                .map(definition ->
                        new KeyPart(definition.attributeName(), KeyType.valueOf(definition.attributeTypeAsString())))
                .findFirst()
                .orElseThrow();
    }

    /** The parts of the key in order. */
    public List<KeyPart> keyParts() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    /**
     * The key of an item.
     *
     * @param item an item of this table, or the attributes of its key alone
     * @throws IllegalArgumentException if it lacks an attribute of the key, or has another type there
     */
    public Key keyOf(Map<String, AttributeValue> item) {
        return Key.of(keyAttribute(item, partition), sort == null ? null : keyAttribute(item, sort));
    }

    private KeyAttribute keyAttribute(Map<String, AttributeValue> item, KeyPart part) {
        AttributeValue value = item.get(part.attribute);
        if (value == null || !value.type().name().equals(part.type.name())) {
            throw new IllegalArgumentException("no item of table " + name + ": it has no " + part);
        }
        return switch (part.type) {
            case S -> KeyAttribute.string(value.s());
            case N -> KeyAttribute.number(new BigDecimal(value.n()));
            case B -> KeyAttribute.binary(value.b().asByteArray());
        };
    }

    /** The key's attributes as CreateTable wants them. */
    List<AttributeDefinition> attributeDefinitions() {
        return keyParts().stream()
                .map(part -> AttributeDefinition.builder()
                        .attributeName(part.attribute())
                        .attributeType(part.type().name())
                        .build())
                .toList();
    }

    /** The key in words: {@code partition key "id" (N), sort key "at" (S)}. */
    public String describeKey() {
        return "partition key " + partition + (sort == null ? "" : ", sort key " + sort);
    }
}
