package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final DynamoDbClient client;

    /** Creates a preparer that talks through this client. */
    public TablePreparer(DynamoDbClient client) {
        this.client = client;
    }

    /**
     * Makes the table ready and returns when it is active.
     *
     * @throws MirrorException if the table is missing and not to be created, has another key than the mirror, or is in
     *     no state to be written to; or if DynamoDB refuses a request
     */
    public void prepare(TableSpec spec, InitMode mode) {
        try {
            switch (mode) {
                case DEFAULT -> checkExisting(spec);
                case CREATE_IF_NOT_EXISTS -> createIfMissing(spec);
                case REPLACE -> replace(spec);
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

    private void createIfMissing(TableSpec spec) {
        Optional<TableDescription> table = describe(spec);
        if (table.isPresent() && table.get().tableStatus() == TableStatus.DELETING) {
            awaitGone(spec);
            table = Optional.empty();
        }
        if (table.isEmpty()) {
            create(spec);
        }
        checkExisting(spec);
    }

    private void replace(TableSpec spec) {
        Optional<TableDescription> table = describe(spec);
        if (table.isPresent()) {
            if (table.get().tableStatus() != TableStatus.DELETING) {
                awaitActive(spec, table.get());
                LOG.info("table {}: deleting it to replace it", spec.name());
                delete(spec);
            }
            awaitGone(spec);
        }
        create(spec);
        checkExisting(spec);
    }

    private void delete(TableSpec spec) {
        try {
            client.deleteTable(request -> request.tableName(spec.name()));
        } catch (ResourceNotFoundException e) {
            LOG.info("table {}: somebody else has deleted it", spec.name());
        }
    }

    private void create(TableSpec spec) {
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
        }
        // Right after CreateTable, DescribeTable may not know the table yet: the waiter goes on asking.
        awaitActive(spec);
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
