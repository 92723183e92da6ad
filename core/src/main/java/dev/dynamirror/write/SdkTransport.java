package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.table.TableSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Sends changes through the SDK's own BatchWriteItem: the reference that the direct transport is held against. */
final class SdkTransport implements BatchTransport {

    private static final JsonNodeParser JSON = JsonNodeParser.create();

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final TableSpec table;

    /** Corrected as the SDK corrects its own, by the same replies. */
    private final ServerClock clock = new ServerClock(InstantSource.system());

    private final SdkAsyncHttpClient http =
            AwsCrtAsyncHttpClient.builder().maxConcurrency(MAX_REQUESTS).build();
    private final DynamoDbAsyncClient client;

    SdkTransport(Connection connection, TableSpec table) {
        this.table = table;
        this.client = DynamoDbAsyncClient.builder()
                .region(connection.region())
                .endpointOverride(connection.endpoint())
                .credentialsProvider(connection.credentials())
                .httpClient(http)
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(LONGEST_REQUEST))
                .build();
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes) {
        Instant signedAt = clock.instant();
        List<WriteRequest> requests =
                changes.stream().map(change -> writeRequest(change.wire())).toList();
        return client.batchWriteItem(request -> request.requestItems(Map.of(table.name(), requests))
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .<BatchReply>thenApply(response -> new BatchReply.Answered(unprocessed(response), writeUnits(response)))
                .exceptionally(error -> reply(error, signedAt));
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }

    /** A change's bytes as the SDK's own type. */
    static WriteRequest writeRequest(byte[] wire) {
        JsonNode change = JSON.parse(wire);
        return change.field("PutRequest")
                .map(put -> WriteRequest.builder()
                        .putRequest(request ->
                                request.item(attributes(put.field("Item").orElseThrow())))
                        .build())
                .orElseGet(() -> WriteRequest.builder()
                        .deleteRequest(request -> request.key(attributes(change.field("DeleteRequest")
                                .flatMap(delete -> delete.field("Key"))
                                .orElseThrow())))
                        .build());
    }

    private static Map<String, AttributeValue> attributes(JsonNode object) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        object.asObject().forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    private static AttributeValue attribute(JsonNode node) {
        Map.Entry<String, JsonNode> typed =
                node.asObject().entrySet().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(value.asString());
            case "N" -> AttributeValue.fromN(value.asString());
            case "B" ->
                AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asString())));
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "NULL" -> AttributeValue.fromNul(value.asBoolean());
            default -> throw new IllegalArgumentException("no attribute type that is written: " + typed.getKey());
        };
    }

    private static double writeUnits(BatchWriteItemResponse response) {
        return response.hasConsumedCapacity()
                ? response.consumedCapacity().stream()
                        .mapToDouble(
                                capacity -> capacity.capacityUnits() == null ? Double.NaN : capacity.capacityUnits())
                        .sum()
                : Double.NaN;
    }

    private Set<Key> unprocessed(BatchWriteItemResponse response) {
        Set<Key> keys = new HashSet<>();
        // Under whatever name: a table that was named by its ARN may come back by its name.
        for (List<WriteRequest> requests : response.unprocessedItems().values()) {
            for (WriteRequest request : requests) {
                Map<String, AttributeValue> item = request.putRequest() != null
                        ? request.putRequest().item()
                        : request.deleteRequest().key();
                TableSpec.KeyPart sort = table.sort();
                keys.add(Key.of(keyAttribute(item, table.partition()), sort == null ? null : keyAttribute(item, sort)));
            }
        }
        return keys;
    }

    private static KeyAttribute keyAttribute(Map<String, AttributeValue> item, TableSpec.KeyPart part) {
        AttributeValue value = Objects.requireNonNull(item.get(part.attribute()));
        return switch (part.type()) {
            case S -> KeyAttribute.string(value.s());
            case N -> KeyAttribute.number(new BigDecimal(value.n()));
            case B -> KeyAttribute.binary(value.b().asByteArray());
        };
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

    private BatchReply reply(Throwable error, Instant signedAt) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof AwsServiceException e) {
            DynamoDbError answer = error(e);
            return clock.isBlamed(answer, signedAt, date(e)) ? new BatchReply.NotSent(answer.text()) : answer.reply();
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
