package dev.dynamirror.benchmarks.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Requests as a program makes them that uses the AWS SDK. */
final class SdkRequests {

    private SdkRequests() {}

    /** A BatchWriteItem of 25 rows, of which the first has that number. */
    static BatchWriteItemRequest batch(RowSize rows, long first) {
        List<WriteRequest> requests = new ArrayList<>(Target.BATCH);
        for (int i = 0; i < Target.BATCH; i++) {
            Map<String, AttributeValue> item = item(rows.row(first + i));
            requests.add(
                    WriteRequest.builder().putRequest(put -> put.item(item)).build());
        }
        return BatchWriteItemRequest.builder()
                .requestItems(Map.of(Target.TABLE, requests))
                .build();
    }

    /**
     * Checks a reply, as every program has to.
     *
     * @throws IllegalStateException if something was not written
     */
    static void check(BatchWriteItemResponse response) {
        if (!response.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("the stub leaves nothing unprocessed, and says it has");
        }
    }

    /** A row as an item. */
    static Map<String, AttributeValue> item(BenchmarkRow row) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("id", AttributeValue.fromN(Long.toString(row.id())));
        item.put("name", AttributeValue.fromS(row.name()));
        item.put("quantity", AttributeValue.fromN(Long.toString(row.quantity())));
        item.put("price", AttributeValue.fromN(Double.toString(row.price())));
        if (row.payload() != null) {
            item.put("payload", AttributeValue.fromS(row.payload()));
        }
        return item;
    }
}
