package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * A table that is to be replaced, with all that is read of it to be put back.
 *
 * @param description what DescribeTable says
 * @param ttlAttribute the attribute of its TTL, or null if that is off
 * @param tags its tags
 * @param recovery its point-in-time recovery, or null if that is off
 * @param policy its resource policy as JSON, or null if there is none
 */
record OldTable(
        TableDescription description,
        @Nullable String ttlAttribute,
        List<Tag> tags,
        @Nullable PointInTimeRecoverySpecification recovery,
        @Nullable String policy) {

    private static final String ACCESS_DENIED = "AccessDeniedException";
    /** What servers that are not AWS's say to operations that they don't have. */
    private static final String UNKNOWN_OPERATION = "UnknownOperationException";

    /**
     * Reads the rest of a table that was described.
     *
     * @param name the table's name, or its ARN
     * @throws MirrorException if something may not be read, as it would be lost without a word
     */
    static OldTable read(DynamoDbClient client, String name, TableDescription table) {
        Reader reader = new Reader(client, name);
        String arn = table.tableArn();
        return new OldTable(
                table,
                reader.read("TTL", "DescribeTimeToLive", () -> ttl(client, name))
                        .orElse(null),
                reader.read("tags", "ListTagsOfResource", () -> Optional.of(tags(client, arn)))
                        .orElse(List.of()),
                reader.read("backups", "DescribeContinuousBackups", () -> recovery(client, name))
                        .orElse(null),
                reader.read("resource policy", "GetResourcePolicy", () -> policy(client, arn))
                        .orElse(null));
    }

    private static Optional<String> ttl(DynamoDbClient client, String table) {
        TimeToLiveDescription ttl =
                client.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
        boolean on = ttl != null
                && (ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                        || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
        return on ? Optional.of(ttl.attributeName()) : Optional.empty();
    }

    private static List<Tag> tags(DynamoDbClient client, String arn) {
        List<Tag> tags = new ArrayList<>();
        String next = null;
        do {
            String from = next;
            ListTagsOfResourceResponse page = client.listTagsOfResource(
                    request -> request.resourceArn(arn).nextToken(from));
            tags.addAll(page.tags());
            next = page.nextToken();
        } while (next != null);
        return tags;
    }

    private static Optional<PointInTimeRecoverySpecification> recovery(DynamoDbClient client, String table) {
        ContinuousBackupsDescription backups = client.describeContinuousBackups(request -> request.tableName(table))
                .continuousBackupsDescription();
        PointInTimeRecoveryDescription recovery = backups == null ? null : backups.pointInTimeRecoveryDescription();
        if (recovery == null || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
            return Optional.empty();
        }
        return Optional.of(PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(true)
                .recoveryPeriodInDays(recovery.recoveryPeriodInDays())
                .build());
    }

    private static Optional<String> policy(DynamoDbClient client, String arn) {
        try {
            return Optional.ofNullable(client.getResourcePolicy(request -> request.resourceArn(arn))
                    .policy());
        } catch (PolicyNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads what may not be there, or not be seen.
     *
     * @param client whom to ask
     * @param table the table's name
     */
    private record Reader(DynamoDbClient client, String table) {

        private <T> Optional<T> read(String what, String operation, Supplier<Optional<T>> request) {
            try {
                return request.get();
            } catch (DynamoDbException e) {
                String code = e.awsErrorDetails() == null
                        ? ""
                        : String.valueOf(e.awsErrorDetails().errorCode());
                if (code.equals(UNKNOWN_OPERATION)) {
                    return Optional.empty();
                }
                if (code.equals(ACCESS_DENIED)) {
                    throw new MirrorException(
                            "table " + table + " is not replaced: its " + what
                                    + " may not be read, and so would be lost: "
                                    + SdkErrors.describe(client, e) + "; allow dynamodb:" + operation
                                    + ", or delete the table yourself",
                            e);
                }
                throw e;
            }
        }
    }
}
