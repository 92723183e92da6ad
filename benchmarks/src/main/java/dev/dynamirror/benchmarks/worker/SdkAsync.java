package dev.dynamirror.benchmarks.worker;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.utils.AttributeMap;

/** The SDK's asynchronous client in a bare loop of BatchWriteItem, with 16 in flight: no merging, no checks, no metrics. */
final class SdkAsync implements Contender {

    static final int IN_FLIGHT = 16;

    private final RowSize rows;
    private final DynamoDbAsyncClient client;
    private final InFlight inFlight = new InFlight(IN_FLIGHT);
    private long next;

    private SdkAsync(Target target, SdkAsyncHttpClient http) {
        this.rows = target.rows();
        this.client = client(target, http);
    }

    static SdkAsync overNetty(Target target) {
        return new SdkAsync(target, netty());
    }

    /** The CRT client takes no trust store of ours. */
    static SdkAsync overCrt(Target target) {
        return new SdkAsync(
                target,
                AwsCrtAsyncHttpClient.builder()
                        .maxConcurrency(IN_FLIGHT)
                        .buildWithDefaults(AttributeMap.builder()
                                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                                .build()));
    }

    static SdkAsyncHttpClient netty() {
        return NettyNioAsyncHttpClient.builder()
                .maxConcurrency(IN_FLIGHT)
                .connectionAcquisitionTimeout(Duration.ofSeconds(60))
                .build();
    }

    static DynamoDbAsyncClient client(Target target, SdkAsyncHttpClient http) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(target.endpoint())
                .region(Region.of(Target.REGION))
                .httpClient(http)
                .build();
    }

    @Override
    public void write(long count) throws InterruptedException {
        long end = next + count;
        for (; next < end; next += Target.BATCH) {
            inFlight.await();
            inFlight.add(client.batchWriteItem(SdkRequests.batch(rows, next)).thenAccept(SdkRequests::check));
        }
        inFlight.awaitAll();
    }

    @Override
    public void close() {
        client.close();
    }
}
