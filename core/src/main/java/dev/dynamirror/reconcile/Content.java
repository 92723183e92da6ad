package dev.dynamirror.reconcile;

import dev.dynamirror.item.AttributeJson;
import dev.dynamirror.item.ItemSize;
import dev.dynamirror.read.ItemJson;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The compared attributes of an item in one form for all items that are equal to DynamoDB: numbers by value, sets and maps
 * without order.
 *
 * @param json the attributes by name in DynamoDB's JSON, in UTF-8; never changed
 * @param size the size of the whole item as DynamoDB counts it, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by hasSame
public record Content(byte[] json, int size) implements Serializable {

    /** The content of an item. */
    static Content of(Map<String, AttributeValue> item, ComparedAttributes compared) {
        Map<String, AttributeValue> attributes = new TreeMap<>();
        item.forEach((name, value) -> {
            if (compared.includes(name)) {
                attributes.put(name, canonical(value));
            }
        });
        byte[] json = ItemJson.DYNAMODB.object(attributes).getBytes(StandardCharsets.UTF_8);
        return new Content(json, ItemSize.of(item));
    }

    /** Whether both have the same compared attributes. */
    boolean hasSame(Content other) {
        return Arrays.equals(json, other.json);
    }

    /** The attributes by name. */
    Map<String, AttributeValue> attributes() {
        return AttributeJson.attributes(json);
    }

    private static AttributeValue canonical(AttributeValue value) {
        return switch (value.type()) {
            case N -> AttributeValue.fromN(canonicalNumber(value.n()));
            case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
            case NS ->
                AttributeValue.fromNs(value.ns().stream()
                        .map(Content::canonicalNumber)
                        .sorted()
                        .toList());
            case BS ->
                AttributeValue.fromBs(value.bs().stream()
                        .sorted((a, b) -> Arrays.compare(a.asByteArrayUnsafe(), b.asByteArrayUnsafe()))
                        .toList());
            case L -> AttributeValue.fromL(canonical(value.l()));
            // Written by name.
            case M ->
                AttributeValue.fromM(value.m().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> canonical(entry.getValue()))));
            case S, B, BOOL, NUL -> value;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute type that the SDK doesn't know");
        };
    }

    private static List<AttributeValue> canonical(List<AttributeValue> values) {
        return values.stream().map(Content::canonical).toList();
    }

    /** The one text of a number's value: no exponent, no trailing zero of a fraction, no negative zero. */
    private static String canonicalNumber(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
