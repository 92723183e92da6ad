package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Makes a table ready for a mirror's first write: checks it, creates it, or replaces it. */
public final class TablePreparer {

    private static final Logger LOG = LoggerFactory.getLogger(TablePreparer.class);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final WaiterOverrideConfiguration WAITING = WaiterOverrideConfiguration.builder()
            .waitTimeout(LONGEST_WAIT)
            .maxAttempts(Integer.MAX_VALUE)
            .backoffStrategyV2(BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5)))
            .build();

    /** Where a table that is ready comes from. */
    private enum Origin {
        CREATED,
        THERE
    }

    private final DynamoDbClient client;

    /** Creates a preparer that talks through this client. */
    public TablePreparer(DynamoDbClient client) {
        this.client = client;
    }

    /**
     * Makes the table ready and returns when it is active; what its TTL is, is of no interest.
     *
     * @throws MirrorException if the table is missing and not to be created, has another key than the mirror, or is in
     *     no state to be written to; or if DynamoDB refuses a request
     */
    public void prepare(TableSpec spec, InitMode mode) {
        prepare(spec, mode, null);
    }

    /**
     * Makes the table ready and returns when it is active.
     *
     * @param expiryAttribute the attribute by which DynamoDB's TTL is to remove items, or null. A table that is created has
     *     its TTL turned on; of one that was there a warning says so if it is not
     * @throws MirrorException if the table is missing and not to be created, has another key than the mirror, or is in
     *     no state to be written to; or if DynamoDB refuses a request
     */
    public void prepare(TableSpec spec, InitMode mode, @Nullable String expiryAttribute) {
        try {
            Origin origin = switch (mode) {
                case DEFAULT -> {
                    checkExisting(spec);
                    yield Origin.THERE;
                }
                case CREATE_IF_NOT_EXISTS -> createIfMissing(spec);
                case REPLACE -> replace(spec);
            };
            if (expiryAttribute != null) {
                switch (origin) {
                    case CREATED -> turnOnTtl(spec, expiryAttribute);
                    case THERE -> checkTtl(spec, expiryAttribute);
                }
            }
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + spec.name() + " can't be prepared: " + SdkErrors.describe(client, e), e);
        }
    }

    private void checkExisting(TableSpec spec) {
        TableDescription table = describe(spec)
                .orElseThrow(() -> new MirrorException("table " + spec.name()
                        + " doesn't exist; create it, or have it created by the init mode create_if_not_exists"));
        checkKey(spec, table);
        awaitActive(spec, table);
    }

    private Origin createIfMissing(TableSpec spec) {
        Optional<TableDescription> table = describe(spec);
        if (table.isPresent() && table.get().tableStatus() == TableStatus.DELETING) {
            awaitGone(spec);
            table = Optional.empty();
        }
        Origin origin = table.isEmpty() ? create(spec) : Origin.THERE;
        checkExisting(spec);
        return origin;
    }

    private Origin replace(TableSpec spec) {
        Optional<TableDescription> table = describe(spec);
        if (table.isPresent()) {
            if (table.get().tableStatus() != TableStatus.DELETING) {
                awaitActive(spec, table.get());
                LOG.info("table {}: deleting it to replace it", spec.name());
                delete(spec);
            }
            awaitGone(spec);
        }
        Origin origin = create(spec);
        checkExisting(spec);
        return origin;
    }

    private void delete(TableSpec spec) {
        try {
            client.deleteTable(request -> request.tableName(spec.name()));
        } catch (ResourceNotFoundException e) {
            LOG.info("table {}: somebody else has deleted it", spec.name());
        }
    }

    private Origin create(TableSpec spec) {
        Origin origin = Origin.CREATED;
        LOG.info("table {}: creating it with {}", spec.name(), spec.describeKey());
        List<KeySchemaElement> key = new ArrayList<>();
        for (TableSpec.KeyPart part : spec.keyParts()) {
            key.add(KeySchemaElement.builder()
                    .attributeName(part.attribute())
                    .keyType(key.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                    .build());
        }
        try {
            client.createTable(request -> request.tableName(spec.name())
                    .attributeDefinitions(spec.attributeDefinitions())
                    .keySchema(key)
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        } catch (ResourceInUseException e) {
            LOG.info("table {}: somebody else is creating it", spec.name());
            origin = Origin.THERE;
        }
        // Right after CreateTable, DescribeTable may not know the table yet: the waiter goes on asking.
        awaitActive(spec);
        return origin;
    }

    private void turnOnTtl(TableSpec spec, String attribute) {
        LOG.info("table {}: turning TTL on for the attribute {}", spec.name(), attribute);
        try {
            client.updateTimeToLive(request -> request.tableName(spec.name())
                    .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true)));
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + spec.name() + ": it was created, but its TTL can't be turned on for the attribute "
                            + attribute + ", by which tombstones go: " + SdkErrors.describe(client, e)
                            + "; allow dynamodb:UpdateTimeToLive, or run " + ttlCommand(spec, attribute),
                    e);
        }
    }

    /** Says so if tombstones will stay in a table that was there before; it is not changed. */
    private void checkTtl(TableSpec spec, String attribute) {
        TimeToLiveDescription ttl;
        try {
            ttl = client.describeTimeToLive(request -> request.tableName(spec.name()))
                    .timeToLiveDescription();
        } catch (SdkException e) {
            LOG.warn(
                    "table {}: can't see whether its TTL is on for the attribute {}: {}; if it is not, tombstones will"
                            + " stay until it is turned on with: {}",
                    spec.name(),
                    attribute,
                    SdkErrors.describe(client, e),
                    ttlCommand(spec, attribute));
            return;
        }
        switch (ttl.timeToLiveStatus()) {
            case ENABLED, ENABLING -> {
                if (!attribute.equals(ttl.attributeName())) {
                    LOG.warn(
                            "table {}: its TTL is on for the attribute {}, and a table has one such attribute, so the"
                                    + " tombstones of deleted rows will stay, each an item of the key with the attribute {}",
                            spec.name(),
                            ttl.attributeName(),
                            attribute);
                }
            }
            default ->
                LOG.warn(
                        "table {}: its TTL is not on for the attribute {}, so the tombstones of deleted rows will stay;"
                                + " turn it on with: {}",
                        spec.name(),
                        attribute,
                        ttlCommand(spec, attribute));
        }
    }

    private static String ttlCommand(TableSpec spec, String attribute) {
        return "aws dynamodb update-time-to-live --table-name " + spec.name()
                + " --time-to-live-specification Enabled=true,AttributeName=" + attribute;
    }

    private static void checkKey(TableSpec spec, TableDescription table) {
        TableSpec found = TableSpec.of(table);
        if (!found.keyParts().equals(spec.keyParts())) {
            throw new MirrorException("table " + spec.name() + " has another key than the mirror: the table has "
                    + found.describeKey() + ", the mirror has " + spec.describeKey()
                    + "; name the table's key columns, or have the table made anew by the init mode replace");
        }
    }

    private Optional<TableDescription> describe(TableSpec spec) {
        try {
            return Optional.of(client.describeTable(request -> request.tableName(spec.name()))
                    .table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private void awaitActive(TableSpec spec, TableDescription table) {
        switch (table.tableStatus()) {
            case ACTIVE, UPDATING -> {}
            case CREATING -> awaitActive(spec);
            default ->
                throw new MirrorException("table " + spec.name() + " can't be written to: it is "
                        + table.tableStatusAsString() + ", and must be ACTIVE");
        }
    }

    private void awaitActive(TableSpec spec) {
        LOG.info("table {}: waiting until it is active", spec.name());
        try (DynamoDbWaiter waiter = waiter()) {
            waiter.waitUntilTableExists(request -> request.tableName(spec.name()));
        } catch (SdkException e) {
            throw waitedInVain(spec, "active", e);
        }
    }

    private void awaitGone(TableSpec spec) {
        LOG.info("table {}: waiting until the old one is gone", spec.name());
        try (DynamoDbWaiter waiter = waiter()) {
            waiter.waitUntilTableNotExists(request -> request.tableName(spec.name()));
        } catch (SdkException e) {
            throw waitedInVain(spec, "gone", e);
        }
    }

    private DynamoDbWaiter waiter() {
        return DynamoDbWaiter.builder()
                .client(client)
                .overrideConfiguration(WAITING)
                .build();
    }

    private MirrorException waitedInVain(TableSpec spec, String state, SdkException cause) {
        return new MirrorException(
                "table " + spec.name() + ": waiting until it is " + state + ", for at most " + LONGEST_WAIT.toMinutes()
                        + " minutes, failed: " + SdkErrors.describe(client, cause),
                cause);
    }
}
