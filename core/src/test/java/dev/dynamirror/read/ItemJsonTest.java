package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ItemJsonTest {

    private static final TableSpec TABLE = new TableSpec("t", new TableSpec.KeyPart("k", KeyType.N), null);
    private static final TableSpec COMPOSITE =
            new TableSpec("t", new TableSpec.KeyPart("p", KeyType.S), new TableSpec.KeyPart("a", KeyType.N));

    @Test
    void scalars() {
        assertBoth(AttributeValue.fromS("Hello"), "{\"S\":\"Hello\"}", "\"Hello\"");
        assertBoth(AttributeValue.fromS(""), "{\"S\":\"\"}", "\"\"");
        assertBoth(AttributeValue.fromN("1"), "{\"N\":\"1\"}", "1");
        assertBoth(AttributeValue.fromN("-0.0000001"), "{\"N\":\"-0.0000001\"}", "-0.0000001");
        assertBoth(
                AttributeValue.fromN("12345678901234567890123456789012345678"),
                "{\"N\":\"12345678901234567890123456789012345678\"}",
                "12345678901234567890123456789012345678");
        assertBoth(AttributeValue.fromBool(true), "{\"BOOL\":true}", "true");
        assertBoth(AttributeValue.fromBool(false), "{\"BOOL\":false}", "false");
        assertBoth(AttributeValue.fromNul(true), "{\"NULL\":true}", "null");
        assertBoth(AttributeValue.fromB(bytes(0, 255)), "{\"B\":\"AP8=\"}", "\"AP8=\"");
        assertBoth(AttributeValue.fromB(bytes()), "{\"B\":\"\"}", "\"\"");
    }

    @Test
    void textIsEscapedAsLittleAsJsonAllows() {
        assertBoth(
                AttributeValue.fromS("\"\\/\n\t\u0001ü名😀\u007f"),
                "{\"S\":\"\\\"\\\\/\\n\\t\\u0001ü名😀\u007f\"}",
                "\"\\\"\\\\/\\n\\t\\u0001ü名😀\u007f\"");
    }

    @Test
    void sets() {
        assertBoth(AttributeValue.fromSs(List.of("b", "a")), "{\"SS\":[\"b\",\"a\"]}", "[\"b\",\"a\"]");
        assertBoth(AttributeValue.fromNs(List.of("1", "2.5")), "{\"NS\":[\"1\",\"2.5\"]}", "[1,2.5]");
        assertBoth(
                AttributeValue.fromBs(List.of(bytes(1), bytes(2, 3))),
                "{\"BS\":[\"AQ==\",\"AgM=\"]}",
                "[\"AQ==\",\"AgM=\"]");
    }

    @Test
    void listsAndMaps() {
        assertBoth(AttributeValue.fromL(List.of()), "{\"L\":[]}", "[]");
        assertBoth(AttributeValue.fromM(Map.of()), "{\"M\":{}}", "{}");
        assertBoth(
                AttributeValue.fromL(List.of(
                        AttributeValue.fromN("1"), AttributeValue.fromNul(true), AttributeValue.fromL(List.of()))),
                "{\"L\":[{\"N\":\"1\"},{\"NULL\":true},{\"L\":[]}]}",
                "[1,null,[]]");
    }

    @Test
    void theNamesOfNestedMapsAreInOrder() {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        map.put("z", AttributeValue.fromM(Map.of()));
        map.put("a \"q\"", AttributeValue.fromN("1"));
        map.put("m", AttributeValue.fromNul(true));
        assertBoth(
                AttributeValue.fromM(map),
                "{\"M\":{\"a \\\"q\\\"\":{\"N\":\"1\"},\"m\":{\"NULL\":true},\"z\":{\"M\":{}}}}",
                "{\"a \\\"q\\\"\":1,\"m\":null,\"z\":{}}");
    }

    @Test
    void anItemIsALineWithItsKeyFirst() {
        Map<String, AttributeValue> item = Map.of(
                "value",
                AttributeValue.fromS("Hello"),
                "k",
                AttributeValue.fromN("1"),
                "b",
                AttributeValue.fromBool(true));
        assertThat(ItemJson.DYNAMODB.line(TABLE, item))
                .isEqualTo("{\"k\":{\"N\":\"1\"},\"b\":{\"BOOL\":true},\"value\":{\"S\":\"Hello\"}}");
        assertThat(ItemJson.PLAIN.line(TABLE, item)).isEqualTo("{\"k\":1,\"b\":true,\"value\":\"Hello\"}");
    }

    @Test
    void aSortKeyFollowsThePartitionKey() {
        Map<String, AttributeValue> item =
                Map.of("b", AttributeValue.fromN("3"), "a", AttributeValue.fromN("2"), "p", AttributeValue.fromS("1"));
        assertThat(ItemJson.PLAIN.line(COMPOSITE, item)).isEqualTo("{\"p\":\"1\",\"a\":2,\"b\":3}");
        assertThat(ItemJson.keyFirst(COMPOSITE, item).keySet()).containsExactly("p", "a", "b");
    }

    private static void assertBoth(AttributeValue value, String dynamoDb, String plain) {
        assertThat(ItemJson.DYNAMODB.value(value)).isEqualTo(dynamoDb);
        assertThat(ItemJson.PLAIN.value(value)).isEqualTo(plain);
    }

    private static SdkBytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return SdkBytes.fromByteArray(bytes);
    }
}
