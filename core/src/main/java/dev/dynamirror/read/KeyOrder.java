package dev.dynamirror.read;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's order of key attributes: numbers by value, strings and binaries by their unsigned bytes. */
enum KeyOrder implements Comparator<AttributeValue> {
    INSTANCE;

    @Override
    public int compare(AttributeValue left, AttributeValue right) {
        return switch (left.type()) {
            case N -> new BigDecimal(left.n()).compareTo(new BigDecimal(right.n()));
            case B ->
                Arrays.compareUnsigned(left.b().asByteArrayUnsafe(), right.b().asByteArrayUnsafe());
            default ->
                Arrays.compareUnsigned(
                        left.s().getBytes(StandardCharsets.UTF_8), right.s().getBytes(StandardCharsets.UTF_8));
        };
    }
}
