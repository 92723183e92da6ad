package dev.dynamirror.read;

import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * A way to write an item as one line of JSON: the key first, then the other attributes by name; those of nested maps by
 * name too, so that equal items give equal lines.
 */
public enum ItemJson {
    /** DynamoDB's own JSON, which names the type of each value: {@code {"key":{"N":"1"}}}. */
    DYNAMODB,
    /** Plain JSON: numbers as numbers, binaries in base64, sets as arrays, absent values as null. */
    PLAIN;

    private static final JsonFactory JSON = new JsonFactory();

    /** The item as one line without its end. */
    public String line(TableSpec table, Map<String, AttributeValue> item) {
        return object(keyFirst(table, item));
    }

    /** The attributes, in the order of the map, as one line without its end. */
    public String object(Map<String, AttributeValue> attributes) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            writeMap(json, attributes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** One attribute's value as JSON. */
    public String value(AttributeValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The item with its key in front, the other attributes sorted by name. */
    public static Map<String, AttributeValue> keyFirst(TableSpec table, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> ordered = new LinkedHashMap<>();
        for (TableSpec.KeyPart part : table.keyParts()) {
            ordered.put(part.attribute(), item.get(part.attribute()));
        }
        new TreeMap<>(item).forEach(ordered::putIfAbsent);
        return ordered;
    }

    private void write(JsonGenerator json, AttributeValue value) throws IOException {
        if (this == PLAIN) {
            writeContent(json, value);
            return;
        }
        json.writeStartObject();
        json.writeFieldName(
                value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name());
        writeContent(json, value);
        json.writeEndObject();
    }

    private void writeContent(JsonGenerator json, AttributeValue value) throws IOException {
        switch (value.type()) {
            case S -> json.writeString(value.s());
            case N -> writeNumber(json, value.n());
            case B -> writeBinary(json, value.b());
            case BOOL -> json.writeBoolean(value.bool());
            case NUL -> {
                if (this == PLAIN) {
                    json.writeNull();
                } else {
                    json.writeBoolean(true);
                }
            }
            case M -> writeMap(json, new TreeMap<>(value.m()));
            case L -> {
                json.writeStartArray();
                for (AttributeValue element : value.l()) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case SS -> {
                json.writeStartArray();
                for (String element : value.ss()) {
                    json.writeString(element);
                }
                json.writeEndArray();
            }
            case NS -> {
                json.writeStartArray();
                for (String element : value.ns()) {
                    writeNumber(json, element);
                }
                json.writeEndArray();
            }
            case BS -> {
                json.writeStartArray();
                for (SdkBytes element : value.bs()) {
                    writeBinary(json, element);
                }
                json.writeEndArray();
            }
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute type that the SDK doesn't know");
        }
    }

    private void writeMap(JsonGenerator json, Map<String, AttributeValue> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private void writeNumber(JsonGenerator json, String number) throws IOException {
        if (this == PLAIN) {
            json.writeNumber(number);
        } else {
            json.writeString(number);
        }
    }

    private static void writeBinary(JsonGenerator json, SdkBytes bytes) throws IOException {
        json.writeString(BinaryUtils.toBase64(bytes.asByteArrayUnsafe()));
    }
}
