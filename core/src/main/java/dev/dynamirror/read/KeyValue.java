package dev.dynamirror.read;

import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import java.io.Serializable;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The value of a key attribute in a form that travels between processes: the SDK's own loses its bytes when it is
 * serialised.
 *
 * @param type its DynamoDB type
 * @param text the string; the number in decimal; or the bytes in base64
 */
public record KeyValue(KeyType type, String text) implements Serializable {

    /** The value of that key attribute. */
    public static KeyValue of(KeyAttribute value) {
        if (value instanceof KeyAttribute.StringKey string) {
            return new KeyValue(KeyType.S, string.value());
        }
        if (value instanceof KeyAttribute.NumberKey number) {
            return new KeyValue(KeyType.N, number.value());
        }
        byte[] bytes = ((KeyAttribute.BinaryKey) value).value();
        return new KeyValue(KeyType.B, Base64.getEncoder().encodeToString(bytes));
    }

    /** The value as the SDK takes it. */
    AttributeValue attributeValue() {
        return switch (type) {
            case S -> AttributeValue.fromS(text);
            case N -> AttributeValue.fromN(text);
            case B ->
                AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
        };
    }

    @Override
    public String toString() {
        return type == KeyType.N ? text : '"' + text + '"';
    }
}
