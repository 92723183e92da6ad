package dev.dynamirror.benchmarks.worker;

import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The SDK's synchronous client with one batch of 25 in flight: the strategy of Pathway's DynamoDB output, which is a model
 * of it, as Pathway itself is written in Rust and Python.
 */
final class SdkSync implements Contender {

    private final RowSize rows;
    private final DynamoDbClient client;
    private long next;

    SdkSync(Target target) {
        this.rows = target.rows();
        this.client = DynamoDbClient.builder()
                .endpointOverride(target.endpoint())
                .region(Region.of(Target.REGION))
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    @Override
    public void write(long count) {
        long end = next + count;
        for (; next < end; next += Target.BATCH) {
            SdkRequests.check(client.batchWriteItem(SdkRequests.batch(rows, next)));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
