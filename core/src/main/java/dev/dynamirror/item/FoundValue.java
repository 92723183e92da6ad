package dev.dynamirror.item;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How attribute values that were found are shown in errors. */
final class FoundValue {

    private static final int BYTES_SHOWN = 20;

    private FoundValue() {}

    /** The value with its DynamoDB type: {@code the string (S) "abc"}. */
    static String described(@Nullable AttributeValue value) {
        if (value == null) {
            return "no such attribute";
        }
        return switch (value.type()) {
            case S -> "the string (S) " + shortened(value);
            case N -> "the number (N) " + shortened(value);
            case B -> "the binary (B) " + shortened(value);
            case BOOL -> "the boolean (BOOL) " + value.bool();
            case NUL -> "an absent value (NULL)";
            case L -> "a list (L) of " + value.l().size();
            case M -> "a map (M) of " + value.m().size();
            case SS -> "a string set (SS)";
            case NS -> "a number set (NS)";
            case BS -> "a binary set (BS)";
            case UNKNOWN_TO_SDK_VERSION -> "a value of an unknown type";
        };
    }

    /** The names in a map, each with the type of its value: {@code "elements" (L), "shape" (N)}. */
    static String fields(Map<String, AttributeValue> map) {
        return map.isEmpty()
                ? "nothing"
                : ErrorText.shortened(new TreeMap<>(map)
                        .entrySet().stream()
                                .map(field -> '"' + field.getKey() + "\" ("
                                        + field.getValue().type() + ")")
                                .collect(Collectors.joining(", ")));
    }

    /** The content of a string, number or binary, or its beginning if it is long. */
    static String shortened(AttributeValue value) {
        return switch (value.type()) {
            case S -> '"' + ErrorText.shortened(value.s()) + '"';
            case N -> ErrorText.shortened(value.n());
            case B -> {
                byte[] bytes = value.b().asByteArrayUnsafe();
                int shown = Math.min(bytes.length, BYTES_SHOWN);
                yield "0x" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
            }
            default -> described(value);
        };
    }
}
