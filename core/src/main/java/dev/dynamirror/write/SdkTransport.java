package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.table.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Sends changes through the SDK's own client: the reference that the direct transport is held against. */
final class SdkTransport implements CredentialedTransport.Sender {

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final TableSpec table;

    /** Corrected as the SDK corrects its own, by the same replies. */
    private final ServerClock clock = new ServerClock(InstantSource.system());

    private final SdkAsyncHttpClient http = AwsCrtAsyncHttpClient.builder()
            .maxConcurrency(BatchTransport.MAX_REQUESTS)
            .build();
    private final DynamoDbAsyncClient client;

    SdkTransport(Connection connection, TableSpec table) {
        this.table = table;
        this.client = DynamoDbAsyncClient.builder()
                .region(connection.region())
                .endpointOverride(connection.endpoint())
                .httpClient(http)
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(LONGEST_REQUEST))
                .build();
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes, AwsCredentials credentials) {
        Instant signedAt = clock.instant();
        AwsRequestOverrideConfiguration signed = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
        return send(changes, signed).exceptionally(error -> reply(error, changes.get(0), signedAt));
    }

    private CompletableFuture<BatchReply> send(List<Change> changes, AwsRequestOverrideConfiguration signed) {
        Change first = changes.get(0);
        return switch (first.request()) {
            case BATCH_ELEMENT ->
                client.batchWriteItem(
                                batch(changes).overrideConfiguration(signed).build())
                        .thenApply(response -> new BatchReply.Answered(
                                unprocessed(response), units(response.consumedCapacity().stream())));
            case PUT_ITEM ->
                client.putItem(SdkRequests.put(first.wire()).toBuilder()
                                .overrideConfiguration(signed)
                                .build())
                        .thenApply(response -> done(response.consumedCapacity()));
            case UPDATE_ITEM ->
                client.updateItem(SdkRequests.update(first.wire()).toBuilder()
                                .overrideConfiguration(signed)
                                .build())
                        .thenApply(response -> done(response.consumedCapacity()));
            case DELETE_ITEM ->
                client.deleteItem(SdkRequests.delete(first.wire()).toBuilder()
                                .overrideConfiguration(signed)
                                .build())
                        .thenApply(response -> done(response.consumedCapacity()));
        };
    }

    private BatchWriteItemRequest.Builder batch(List<Change> changes) {
        return BatchWriteItemRequest.builder()
                .requestItems(Map.of(
                        table.name(),
                        changes.stream()
                                .map(change -> SdkRequests.element(change.wire()))
                                .toList()))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    }

    private static BatchReply done(@Nullable ConsumedCapacity capacity) {
        return new BatchReply.Answered(Set.of(), units(Stream.ofNullable(capacity)));
    }

    /** The sum of the capacities' units; NaN if there is none. */
    private static double units(Stream<ConsumedCapacity> capacities) {
        return capacities
                .mapToDouble(capacity -> capacity.capacityUnits() == null ? Double.NaN : capacity.capacityUnits())
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }

    private Set<Key> unprocessed(BatchWriteItemResponse response) {
        Set<Key> keys = new HashSet<>();
        // Under whatever name: a table that was named by its ARN may come back by its name.
        for (List<WriteRequest> requests : response.unprocessedItems().values()) {
            for (WriteRequest request : requests) {
                Map<String, AttributeValue> item = request.putRequest() != null
                        ? request.putRequest().item()
                        : request.deleteRequest().key();
                keys.add(table.keyOf(item));
            }
        }
        return keys;
    }

    private static Set<String> throttlingReasons(AwsServiceException error) {
        List<ThrottlingReason> reasons = List.of();
        if (error instanceof ProvisionedThroughputExceededException e) {
            reasons = e.throttlingReasons();
        } else if (error instanceof ThrottlingException e) {
            reasons = e.throttlingReasons();
        } else if (error instanceof RequestLimitExceededException e) {
            reasons = e.throttlingReasons();
        }
        return reasons.stream()
                .map(each -> DynamoDbError.throttlingReason(each.reason(), each.resource()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private BatchReply reply(Throwable error, Change first, Instant signedAt) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof AwsServiceException e) {
            DynamoDbError answer = error(e);
            if (e instanceof ConditionalCheckFailedException failed) {
                return FailedCondition.reply(failed.item(), first);
            }
            return clock.setIfBlamed(answer, signedAt, date(e))
                    ? new BatchReply.NotSent(answer.text())
                    : answer.reply();
        }
        return new BatchReply.Unknown("no reply: " + cause);
    }

    private static @Nullable String date(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? null
                : details.sdkHttpResponse().firstMatchingHeader("date").orElse(null);
    }

    private static DynamoDbError error(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null
                ? new DynamoDbError(e.statusCode(), null, e.getMessage(), Set.of())
                : new DynamoDbError(e.statusCode(), details.errorCode(), details.errorMessage(), throttlingReasons(e));
    }
}
