package dev.dynamirror.benchmarks.worker;

import java.util.Objects;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The SDK's enhanced asynchronous client over Netty, with 16 batches in flight. */
final class SdkEnhanced implements Contender {

    private final RowSize rows;
    private final DynamoDbAsyncClient client;
    private final DynamoDbEnhancedAsyncClient enhanced;
    private final DynamoDbAsyncTable<BenchmarkRow> table;
    private final InFlight inFlight = new InFlight(SdkAsync.IN_FLIGHT);
    private long next;

    private SdkEnhanced(Target target, DynamoDbAsyncClient client) {
        this.rows = target.rows();
        this.client = client;
        this.enhanced =
                DynamoDbEnhancedAsyncClient.builder().dynamoDbClient(client).build();
        this.table = enhanced.table(Target.TABLE, schema(rows));
    }

    static SdkEnhanced open(Target target) {
        return new SdkEnhanced(target, SdkAsync.client(target, SdkAsync.netty()));
    }

    /** Rows are only written, so nothing is ever built. */
    private static TableSchema<BenchmarkRow> schema(RowSize rows) {
        StaticImmutableTableSchema.Builder<BenchmarkRow, BenchmarkRow[]> schema = StaticImmutableTableSchema.builder(
                        BenchmarkRow.class, BenchmarkRow[].class)
                .newItemBuilder(() -> new BenchmarkRow[1], built -> built[0])
                .addAttribute(
                        Long.class,
                        id -> id.name("id")
                                .getter(BenchmarkRow::id)
                                .setter((row, value) -> {})
                                .tags(StaticAttributeTags.primaryPartitionKey()))
                .addAttribute(
                        String.class,
                        name -> name.name("name").getter(BenchmarkRow::name).setter((row, value) -> {}))
                .addAttribute(
                        Long.class,
                        quantity -> quantity.name("quantity")
                                .getter(BenchmarkRow::quantity)
                                .setter((row, value) -> {}))
                .addAttribute(
                        Double.class,
                        price -> price.name("price").getter(BenchmarkRow::price).setter((row, value) -> {}));
        if (rows == RowSize.LARGE) {
            schema.addAttribute(
                    String.class,
                    payload -> payload.name("payload")
                            .getter(row -> Objects.requireNonNull(row.payload()))
                            .setter((row, value) -> {}));
        }
        return schema.build();
    }

    @Override
    public void write(long count) throws InterruptedException {
        long end = next + count;
        for (; next < end; next += Target.BATCH) {
            WriteBatch.Builder<BenchmarkRow> batch =
                    WriteBatch.builder(BenchmarkRow.class).mappedTableResource(table);
            for (int i = 0; i < Target.BATCH; i++) {
                batch.addPutItem(rows.row(next + i));
            }
            inFlight.await();
            WriteBatch built = batch.build();
            inFlight.add(enhanced.batchWriteItem(request -> request.writeBatches(built)));
        }
        inFlight.awaitAll();
    }

    @Override
    public void close() {
        client.close();
    }
}
