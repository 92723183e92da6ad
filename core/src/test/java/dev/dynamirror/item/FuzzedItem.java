package dev.dynamirror.item;

import dev.dynamirror.fuzz.FuzzedBytes;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.TupleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes an item out of a fuzzer's bytes: mostly what a schema wants, or nearly, and sometimes anything else. */
final class FuzzedItem implements LiveTypeVisitor<AttributeValue> {

    /** One in so many attributes is of any type. */
    private static final int OTHERWISE = 16;

    private static final int MOST_ELEMENTS = 5;

    /** Deeper than what DynamoDB takes. */
    private static final int MOST_NESTING = 40;

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "12.50",
            "1E2",
            "1e-7",
            "0E-100000000",
            "0E+2147483647",
            "1E1000000000",
            "1E-1000000000",
            "1E2147483647",
            "1E-2147483647",
            "1E125",
            "1E-130",
            "9.9999999999999999999999999999999999999E+125",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "9223372036854775807999999999",
            "-9223372036854775808000000000",
            "1.7976931348623157E+308",
            "4.9E-324",
            "NaN",
            "-Infinity",
            "0x1p3",
            "1d",
            " 1 ",
            "+1",
            "٣",
            "");

    private static final List<String> TEXTS = List.of(
            "",
            "text",
            "2025-01-17T00:00:00.123456789",
            "2025-01-17T00:00:00.123456789+0000",
            "2025-01-17T00:00Z",
            "0000-01-01T00:00:00+18:00",
            "9999-12-31T23:59:59.999999999-18:00",
            "+999999999-12-31T23:59:59",
            "-999999999-01-01T00:00:00",
            "2025-01-17",
            "2024-02-29",
            "+12345-01-01",
            "10:30",
            "23:59:59.999999999",
            "^Z5QKEQCDK9ZZ6TSYV0PM0G92JC",
            "{ \"a\" : [ null , true , -1.50e+100 , \"\\u00e4\\ud83d\\ude00\" ] }",
            "null",
            "\"\\ud800\"",
            "\ud800");

    private final FuzzedBytes bytes;
    private int nesting;

    FuzzedItem(FuzzedBytes bytes) {
        this.bytes = bytes;
    }

    Map<String, AttributeValue> of(Schema schema) {
        Map<String, AttributeValue> item = fields(schema);
        item.putIfAbsent("id", AttributeValue.fromN("7"));
        return item;
    }

    private Map<String, AttributeValue> fields(Schema schema) {
        Map<String, AttributeValue> fields = new HashMap<>();
        for (Column column : schema.columns()) {
            if (bytes.choice(OTHERWISE) != 1) {
                fields.put(column.name(), attribute(column.type()));
            }
        }
        return fields;
    }

    private AttributeValue attribute(LiveType type) {
        return bytes.choice(OTHERWISE) == 1 ? any() : type.accept(this);
    }

    private AttributeValue any() {
        return switch (bytes.choice(12)) {
            case 0 -> AttributeValue.fromS(text(TEXTS));
            case 1 -> AttributeValue.fromN(text(NUMBERS));
            case 2 -> binary();
            case 3 -> AttributeValue.fromBool(true);
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromL(several(this::nestedAny));
            case 6 -> AttributeValue.fromM(named(this::nestedAny));
            case 7 -> AttributeValue.fromSs(several(() -> text(TEXTS)));
            case 8 -> AttributeValue.fromNs(several(() -> text(NUMBERS)));
            case 9 -> AttributeValue.fromBs(several(() -> SdkBytes.fromByteArray(bytes.bytes())));
            case 10 -> AttributeValue.fromNul(false);
            // As one of a type that the SDK doesn't know yet.
            default -> AttributeValue.builder().build();
        };
    }

    private AttributeValue nestedAny() {
        if (nesting == MOST_NESTING) {
            return AttributeValue.fromNul(true);
        }
        nesting++;
        AttributeValue value = any();
        nesting--;
        return value;
    }

    private AttributeValue binary() {
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes.bytes()));
    }

    /** One of the samples, or with something else in it, or anything. */
    private String text(List<String> samples) {
        String sample = bytes.oneOf(samples);
        return switch (bytes.choice(4)) {
            case 1 -> {
                int at = bytes.choice(sample.length() + 1);
                String tail = sample.substring(Math.min(sample.length(), at + bytes.choice(3)));
                yield sample.substring(0, at) + bytes.text() + tail;
            }
            case 2 -> bytes.text();
            case 3 -> sample + bytes.oneOf(samples);
            default -> sample;
        };
    }

    private <T> List<T> several(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        for (int count = bytes.choice(MOST_ELEMENTS); count > 0; count--) {
            elements.add(element.get());
        }
        return elements;
    }

    private Map<String, AttributeValue> named(Supplier<AttributeValue> value) {
        Map<String, AttributeValue> named = new LinkedHashMap<>();
        for (int count = bytes.choice(MOST_ELEMENTS); count > 0; count--) {
            named.put(text(TEXTS), value.get());
        }
        return named;
    }

    @Override
    public AttributeValue scalar(ScalarType type) {
        return switch (type) {
            case BOOL -> AttributeValue.fromBool(bytes.choice(2) == 1);
            case INT, DURATION -> AttributeValue.fromN(text(NUMBERS));
            case FLOAT -> number();
            case BYTES -> binary();
            case OBJECT -> {
                byte[] tagged = bytes.bytes();
                if (tagged.length > 1) {
                    tagged[0] = (byte) 0xd1;
                    tagged[1] = 0x0b;
                }
                yield AttributeValue.fromB(SdkBytes.fromByteArray(tagged));
            }
            case STR, DATETIME_NAIVE, DATETIME_UTC, DATE, TIME, JSON, POINTER -> AttributeValue.fromS(text(TEXTS));
        };
    }

    private AttributeValue number() {
        String text = text(NUMBERS);
        return bytes.choice(3) == 1 ? AttributeValue.fromS(text) : AttributeValue.fromN(text);
    }

    @Override
    public AttributeValue decimal(DecimalType type) {
        return number();
    }

    @Override
    public AttributeValue ndArray(NdArrayType type) {
        List<AttributeValue> elements = several(this::number);
        List<AttributeValue> shape = bytes.choice(4) == 1
                ? several(this::number)
                : List.of(AttributeValue.fromN(String.valueOf(elements.size())));
        return AttributeValue.fromM(
                Map.of("shape", AttributeValue.fromL(shape), "elements", AttributeValue.fromL(elements)));
    }

    @Override
    public AttributeValue list(ListType type) {
        return AttributeValue.fromL(several(() -> attribute(type.element())));
    }

    @Override
    public AttributeValue tuple(TupleType type) {
        return AttributeValue.fromL(
                type.elements().stream().map(this::attribute).toList());
    }

    @Override
    public AttributeValue map(MapType type) {
        return AttributeValue.fromM(named(() -> attribute(type.value())));
    }

    @Override
    public AttributeValue document(DocumentType type) {
        return AttributeValue.fromM(fields(type.fields()));
    }

    @Override
    public AttributeValue mixed(MixedType type) {
        return attribute(bytes.oneOf(type.alternatives()));
    }

    @Override
    public AttributeValue optional(OptionalType type) {
        return bytes.choice(4) == 1
                ? AttributeValue.fromNul(true)
                : type.required().accept(this);
    }
}
