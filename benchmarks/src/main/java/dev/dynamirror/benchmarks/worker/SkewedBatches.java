package dev.dynamirror.benchmarks.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A model of connectors that remove duplicates from batches of 25 changes, and merge nothing else: the last change of each
 * key in a batch is sent, over the SDK's asynchronous client, 50 batches in flight.
 */
final class SkewedBatches implements Contender {

    private static final int IN_FLIGHT = 50;

    private final SkewedChanges changes = new SkewedChanges();
    private final DynamoDbAsyncClient client;
    private final InFlight inFlight = new InFlight(IN_FLIGHT);

    SkewedBatches(Target target) {
        this.client = SdkAsync.client(target, SdkAsync.netty());
    }

    /** Writes all changes, however many rows are asked for. */
    @Override
    public void write(long rows) throws InterruptedException {
        for (int first = 0; first < SkewedChanges.COUNT; first += Target.BATCH) {
            Map<Integer, WriteRequest> batch = new LinkedHashMap<>();
            for (int i = first; i < first + Target.BATCH; i++) {
                batch.put(changes.key(i), request(i));
            }
            List<WriteRequest> requests = new ArrayList<>(batch.values());
            inFlight.await();
            inFlight.add(client.batchWriteItem(request -> request.requestItems(Map.of(Target.TABLE, requests)))
                    .thenAccept(SdkRequests::check));
        }
        inFlight.awaitAll();
    }

    @Override
    public void close() {
        client.close();
    }

    private WriteRequest request(int change) {
        Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromN(Integer.toString(changes.key(change))));
        if (changes.kind(change) == SkewedChanges.Kind.DELETE) {
            return WriteRequest.builder()
                    .deleteRequest(delete -> delete.key(key))
                    .build();
        }
        Map<String, AttributeValue> item = SdkRequests.item(RowSize.SMALL.row(changes.key(change)));
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }
}
