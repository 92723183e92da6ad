package dev.dynamirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;

/** Reads DynamoDB's JSON into the SDK's values. */
public final class DynamoDbJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private DynamoDbJson() {}

    /** The item of <code>{"PutRequest":{"Item":{…}}}</code>. */
    public static Map<String, AttributeValue> item(byte[] put) {
        try (JsonParser json = JSON.createParser(put)) {
            expect(json, JsonToken.START_OBJECT);
            expect(json, JsonToken.FIELD_NAME);
            expect(json, JsonToken.START_OBJECT);
            expect(json, JsonToken.FIELD_NAME);
            expect(json, JsonToken.START_OBJECT);
            Map<String, AttributeValue> item = map(json);
            expect(json, JsonToken.END_OBJECT);
            expect(json, JsonToken.END_OBJECT);
            return item;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The attribute of <code>{"S":"…"}</code>. */
    public static AttributeValue attribute(String text) {
        try (JsonParser json = JSON.createParser(text.getBytes(StandardCharsets.UTF_8))) {
            expect(json, JsonToken.START_OBJECT);
            return attribute(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AttributeValue attribute(JsonParser json) throws IOException {
        expect(json, JsonToken.FIELD_NAME);
        String type = json.currentName();
        json.nextToken();
        AttributeValue value = switch (type) {
            case "S" -> AttributeValue.fromS(json.getText());
            case "N" -> AttributeValue.fromN(json.getText());
            case "B" -> AttributeValue.fromB(binary(json.getText()));
            case "BOOL" -> AttributeValue.fromBool(json.getBooleanValue());
            case "NULL" -> AttributeValue.fromNul(json.getBooleanValue());
            case "L" -> AttributeValue.fromL(list(json));
            case "M" -> AttributeValue.fromM(map(json));
            case "SS" -> AttributeValue.fromSs(texts(json));
            case "NS" -> AttributeValue.fromNs(texts(json));
            case "BS" ->
                AttributeValue.fromBs(
                        texts(json).stream().map(DynamoDbJson::binary).toList());
            default -> throw new IllegalArgumentException("no type of DynamoDB: " + type);
        };
        expect(json, JsonToken.END_OBJECT);
        return value;
    }

    private static List<AttributeValue> list(JsonParser json) throws IOException {
        List<AttributeValue> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(attribute(json));
        }
        return values;
    }

    private static Map<String, AttributeValue> map(JsonParser json) throws IOException {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            expect(json, JsonToken.START_OBJECT);
            if (values.put(name, attribute(json)) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
        }
        return values;
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(json.getText());
        }
        return texts;
    }

    private static SdkBytes binary(String base64) {
        return SdkBytes.fromByteArray(Base64.getDecoder().decode(base64));
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.nextToken() != token) {
            throw new IllegalArgumentException("expected " + token + ", but found " + json.currentToken());
        }
    }
}
