package dev.dynamirror.testkit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes in which a mirrored table has a script's rows, as DynamoDB's JSON.
 *
 * @param partitionKey the name of the partition key
 * @param sortKey the name of the sort key, null if the table has none
 * @param value the name of the attribute with the row's value, a number
 */
public record ItemForm(String partitionKey, @Nullable String sortKey, String value) {

    /** Returns the item of a row, without a payload. */
    public ObjectNode item(Row row) {
        return key(row.key()).set(value, number(row.value()));
    }

    /** Returns the key attributes. */
    public ObjectNode key(RowKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(
                partitionKey,
                key.partition() instanceof Long number
                        ? number(number)
                        : JsonNodeFactory.instance
                                .objectNode()
                                .put("S", key.partition().toString()));
        if (sortKey != null && key.sort() != null) {
            json.set(sortKey, number(key.sort()));
        }
        return json;
    }

    private static ObjectNode number(long value) {
        return JsonNodeFactory.instance.objectNode().put("N", Long.toString(value));
    }

    /**
     * Returns what writes to one table left. The server counts its writes from 0, the oracle from 1, so that how many it
     * {@linkplain dev.dynamirror.testkit.faulty.FaultyDynamoDb#appliedWrites() applied} is the number of the last one.
     */
    public List<Observed> observed(List<AppliedWrite> writes) {
        return writes.stream().map(this::observed).toList();
    }

    private Observed observed(AppliedWrite write) {
        ObjectNode after = write.after();
        return new Observed(write.number() + 1, keyOf(write.key()), after == null ? null : valueOf(after));
    }

    /** Returns the items of a table by their keys, with their values; what is no row of a script is there as it is. */
    public Map<Object, Object> table(List<ObjectNode> items) {
        Map<Object, Object> table = new HashMap<>();
        items.forEach(item -> table.put(keyOf(item), valueOf(item)));
        return table;
    }

    private Object keyOf(ObjectNode json) {
        JsonNode text = json.path(partitionKey).path("S");
        Object partition = text.isTextual() ? text.textValue() : number(json.path(partitionKey));
        Long sort = sortKey == null ? null : number(json.path(sortKey));
        return partition == null || (sortKey != null && sort == null) ? json : new RowKey(partition, sort);
    }

    private Object valueOf(ObjectNode item) {
        Long number = number(item.path(value));
        return number == null ? item : number;
    }

    private static @Nullable Long number(JsonNode attribute) {
        if (!attribute.path("N").isTextual()) {
            return null;
        }
        try {
            return new BigDecimal(attribute.path("N").textValue()).longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
