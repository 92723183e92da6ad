package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.core.StreamReadConstraints;

/** The bodies of BatchWriteItem's requests and replies, for one table. */
final class BatchJson {

    /** Takes names of any length, and does not keep them: those of unprocessed items may be the keys of maps. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final byte[] END = ascii("]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
    private static final byte[] COMMA = ascii(",");

    /** A change of fewer bytes is small. */
    private static final int SMALL = 512;

    private static final int MAX_SHOWN_BYTES = 200;

    private final byte[] start;
    private final TableSpec table;

    BatchJson(TableSpec table) {
        this.table = table;
        // A table's name is letters, digits and "_-.:/" only, so nothing is to be escaped.
        this.start = ascii("{\"RequestItems\":{\"" + table.name() + "\":[");
    }

    /**
     * The request's body in pieces: the changes' own bytes, one after the other. Small ones are copied into one piece, which is
     * hashed and sent faster than they are one by one.
     */
    List<byte[]> request(List<Change> changes) {
        int length = start.length + changes.size() - 1 + END.length;
        for (int i = 0; i < changes.size(); i++) {
            length += changes.get(i).wire().length;
        }
        return length < changes.size() * SMALL ? List.of(joined(changes, length)) : pieces(changes);
    }

    private byte[] joined(List<Change> changes, int length) {
        byte[] body = new byte[length];
        int at = append(body, 0, start);
        for (int i = 0; i < changes.size(); i++) {
            if (i > 0) {
                body[at++] = ',';
            }
            at = append(body, at, changes.get(i).wire());
        }
        append(body, at, END);
        return body;
    }

    private List<byte[]> pieces(List<Change> changes) {
        List<byte[]> pieces = new ArrayList<>(2 * changes.size() + 1);
        for (int i = 0; i < changes.size(); i++) {
            pieces.add(i == 0 ? start : COMMA);
            pieces.add(changes.get(i).wire());
        }
        pieces.add(END);
        return pieces;
    }

    /**
     * What a reply says that is no error.
     *
     * @throws IOException if the body is no reply to a request that writes
     */
    BatchReply.Answered answer(byte[] body) throws IOException {
        Set<Key> unprocessed = new HashSet<>();
        double writeUnits = Double.NaN;
        try (JsonParser json = JSON.createParser(body)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "UnprocessedItems" -> readTables(json, unprocessed);
                    case "ConsumedCapacity" -> writeUnits = readCapacity(json);
                    default -> json.skipChildren();
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
        }
        return new BatchReply.Answered(unprocessed, writeUnits);
    }

    /** What a reply says that is an error. */
    static DynamoDbError error(int status, byte[] body) {
        String code = null;
        String message = "";
        Set<String> throttled = new TreeSet<>();
        try (JsonParser json = JSON.createParser(body)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("__type")) {
                    String type = json.getText();
                    code = type.substring(type.indexOf('#') + 1);
                } else if (name.equalsIgnoreCase("message")) {
                    message = json.getText();
                } else if (name.equalsIgnoreCase("ThrottlingReasons")) {
                    readThrottlingReasons(json, throttled);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            message = new String(body, 0, Math.min(body.length, MAX_SHOWN_BYTES), StandardCharsets.UTF_8);
        }
        return new DynamoDbError(status, code, message, throttled);
    }

    /** The units of one capacity, or the sum of a list of them; NaN if nothing is said. */
    private static double readCapacity(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            double sum = Double.NaN;
            while (json.nextToken() == JsonToken.START_OBJECT) {
                sum = (Double.isNaN(sum) ? 0 : sum) + readCapacity(json);
            }
            expect(json.currentToken(), JsonToken.END_ARRAY);
            return sum;
        }
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Double.NaN;
        }
        expect(json.currentToken(), JsonToken.START_OBJECT);
        double units = Double.NaN;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean total = json.currentName().equals("CapacityUnits");
            json.nextToken();
            if (total) {
                units = json.getDoubleValue();
            } else {
                json.skipChildren();
            }
        }
        return units;
    }

    private static void readThrottlingReasons(JsonParser json, Set<String> reasons) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String reason = null;
            String resource = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "reason" -> reason = json.getText();
                    case "resource" -> resource = json.getText();
                    default -> json.skipChildren();
                }
            }
            reasons.add(DynamoDbError.throttlingReason(reason, resource));
        }
    }

    private void readTables(JsonParser json, Set<Key> keys) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            expect(json.nextToken(), JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                // {"PutRequest":{"Item":{…}}} or {"DeleteRequest":{"Key":{…}}}
                expect(json.nextToken(), JsonToken.FIELD_NAME);
                expect(json.nextToken(), JsonToken.START_OBJECT);
                expect(json.nextToken(), JsonToken.FIELD_NAME);
                expect(json.nextToken(), JsonToken.START_OBJECT);
                keys.add(readKey(json));
                expect(json.nextToken(), JsonToken.END_OBJECT);
                expect(json.nextToken(), JsonToken.END_OBJECT);
            }
        }
    }

    private Key readKey(JsonParser json) throws IOException {
        KeyAttribute partition = null;
        KeyAttribute sort = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            expect(json.nextToken(), JsonToken.START_OBJECT);
            if (name.equals(table.partition().attribute())) {
                partition = readKeyAttribute(json);
            } else if (table.sort() != null && name.equals(table.sort().attribute())) {
                sort = readKeyAttribute(json);
            } else {
                json.skipChildren();
            }
        }
        if (partition == null) {
            throw new IOException("an unprocessed change without its partition key");
        }
        return Key.of(partition, sort);
    }

    private static KeyAttribute readKeyAttribute(JsonParser json) throws IOException {
        expect(json.nextToken(), JsonToken.FIELD_NAME);
        KeyType type = KeyType.valueOf(json.currentName());
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        String text = json.getText();
        expect(json.nextToken(), JsonToken.END_OBJECT);
        return switch (type) {
            case S -> KeyAttribute.string(text);
            case N -> KeyAttribute.number(new BigDecimal(text));
            case B -> KeyAttribute.binary(Base64.getDecoder().decode(text));
        };
    }

    private static void expect(@Nullable JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("a reply to none of our requests: expected " + expected + ", found " + found);
        }
    }

    private static int append(byte[] body, int at, byte[] piece) {
        System.arraycopy(piece, 0, body, at, piece.length);
        return at + piece.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
