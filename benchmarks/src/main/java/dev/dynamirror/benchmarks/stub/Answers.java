package dev.dynamirror.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** The stub's answers as bytes on the wire; each is made once. */
final class Answers {

    private final String table;
    private final byte[] description;
    private final Map<String, byte[]> written = new HashMap<>();

    /**
     * The answers of a stub whose only table has that key.
     *
     * @param table the table's name
     * @param keyName the partition key's attribute
     * @param keyType {@code S}, {@code N} or {@code B}
     */
    Answers(String table, String keyName, String keyType) {
        this.table = table;
        this.description = answer("{\"Table\":{\"TableName\":\"" + table + "\",\"TableStatus\":\"ACTIVE\","
                + "\"TableArn\":\"arn:aws:dynamodb:eu-central-1:000000000000:table/" + table + "\","
                + "\"KeySchema\":[{\"AttributeName\":\"" + keyName + "\",\"KeyType\":\"HASH\"}],"
                + "\"AttributeDefinitions\":[{\"AttributeName\":\"" + keyName + "\",\"AttributeType\":\"" + keyType
                + "\"}],\"ItemCount\":0,\"TableSizeBytes\":0,\"CreationDateTime\":1.0}}");
    }

    /** The answer to DescribeTable. */
    byte[] description() {
        return description;
    }

    /**
     * The answer to a request that has written.
     *
     * @param batch whether it was a BatchWriteItem
     * @param units the write units that it has consumed; 0 if it didn't ask
     */
    byte[] written(boolean batch, int units) {
        String capacity = units == 0 ? "" : "{\"TableName\":\"" + table + "\",\"CapacityUnits\":" + units + ".0}";
        String body = batch
                ? "{" + (units == 0 ? "" : "\"ConsumedCapacity\":[" + capacity + "],") + "\"UnprocessedItems\":{}}"
                : units == 0 ? "{}" : "{\"ConsumedCapacity\":" + capacity + "}";
        return written.computeIfAbsent(body, Answers::answer);
    }

    /** The answer to anything else that was asked for; its body is plain text. */
    static byte[] answer(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + bytes.length
                + "\r\nx-amzn-RequestId: 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEF\r\nx-amz-crc32: "
                + crc.getValue() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
