package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** Makes a table ready for a mirror's first write: checks it, creates it, or replaces it. */
public final class TablePreparer {

    private static final Logger LOG = LoggerFactory.getLogger(TablePreparer.class);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final DynamoDbClient client;
    private final TableWait wait;
    private final TableReplacer replacer;

    /** Creates a preparer that talks through this client. */
    public TablePreparer(DynamoDbClient client) {
        this(client, LONGEST_WAIT);
    }

    /** Creates a preparer that waits for a table at most so long. */
    TablePreparer(DynamoDbClient client, Duration longestWait) {
        this.client = client;
        this.wait = new TableWait(client, longestWait, InstantSource.system());
        this.replacer = new TableReplacer(client, wait);
    }

    /**
     * Makes the table ready, as {@link #prepare(Preparation)}, with nothing said but its key.
     *
     * @throws MirrorException if that fails
     */
    public void prepare(TableSpec spec, InitMode mode) {
        prepare(Preparation.of(spec, mode));
    }

    /**
     * Makes the table ready and returns when it can be written to. A table that is created is as the settings say, and as
     * the one that it replaces where they say nothing; one that was there is not changed.
     *
     * @throws MirrorException if the table is missing and not to be created, has another key than the mirror, is in no
     *     state to be written to, or is protected against the deletion that is asked for; if something of a table that is
     *     to be replaced can't be read; or if DynamoDB refuses a request
     */
    public void prepare(Preparation preparation) {
        try {
            Optional<Replacement> replacement =
                    preparation.initMode() == InitMode.REPLACE ? replacer.describe(preparation) : Optional.empty();
            replacement.ifPresent(old -> replacer.delete(preparation.table().name(), old));
            NewTable wish = replacement.map(Replacement::newTable).orElseGet(() -> NewTable.of(preparation));
            boolean created = make(preparation, wish, replacement.orElse(null));
            // Nobody knows who has created a table whose request had no reply; what was there before is put back in any
            // case.
            if (created || replacement.isPresent()) {
                finish(wish);
            } else {
                leave(preparation);
            }
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + preparation.table().name() + " can't be prepared: " + SdkErrors.describe(client, e), e);
        }
    }

    /**
     * What preparing would replace; empty if there is no table, or the init mode is another. Nothing is changed.
     *
     * @throws MirrorException if the table can't be replaced, for one of the reasons of {@link #prepare(Preparation)}
     */
    public Optional<Replacement> replacement(Preparation preparation) {
        if (preparation.initMode() != InitMode.REPLACE) {
            return Optional.empty();
        }
        try {
            return replacer.describe(preparation);
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + preparation.table().name() + " can't be prepared: " + SdkErrors.describe(client, e), e);
        }
    }

    /**
     * Whether there are items in a table that would be replaced, or nobody knows. DynamoDB's own count is too old to say that
     * there are none.
     */
    public boolean hasItems(Replacement replacement) {
        if (replacement.itemCount() > 0) {
            return true;
        }
        try {
            return !client.scan(request -> request.tableName(
                                    replacement.newTable().request().tableName())
                            .limit(1))
                    .items()
                    .isEmpty();
        } catch (SdkException e) {
            // Who writes a table need not be allowed to read it.
            return true;
        }
    }

    private boolean make(Preparation preparation, NewTable wish, @Nullable Replacement replacement) {
        TableMaker maker = new TableMaker(client, replacer, preparation, wish, replacement);
        wait.until(preparation.table().name(), "it is active", maker::step, maker::isReady, failure -> false);
        return maker.created();
    }

    /** Turns on what can't be said in the request that creates a table. */
    private void finish(NewTable table) {
        String name = table.request().tableName();
        String ttl = table.ttlAttribute();
        if (ttl != null) {
            LOG.info("table {}: turning TTL on for the attribute {}", name, ttl);
            turnOn(
                    name,
                    "TTL can't be turned on for the attribute " + ttl,
                    () -> turnOnTtl(name, ttl),
                    "dynamodb:UpdateTimeToLive",
                    AwsCommands.turnOnTtl(name, ttl));
        }
        PointInTimeRecoverySpecification recovery = table.recovery();
        if (recovery != null) {
            LOG.info("table {}: turning point-in-time recovery on", name);
            turnOn(
                    name,
                    "point-in-time recovery can't be turned on",
                    () -> client.updateContinuousBackups(
                            request -> request.tableName(name).pointInTimeRecoverySpecification(recovery)),
                    "dynamodb:UpdateContinuousBackups",
                    AwsCommands.turnOnRecovery(name, recovery));
        }
    }

    private void turnOnTtl(String table, String attribute) {
        TimeToLiveSpecification wish = TimeToLiveSpecification.builder()
                .attributeName(attribute)
                .enabled(true)
                .build();
        try {
            client.updateTimeToLive(request -> request.tableName(table).timeToLiveSpecification(wish));
        } catch (DynamoDbException e) {
            // A request whose reply was lost was sent again, or somebody else was faster.
            if (!SdkErrors.describe(client, e).contains("already enabled")) {
                throw e;
            }
        }
    }

    private void turnOn(String table, String failure, Runnable request, String permission, String command) {
        try {
            wait.until(
                    table,
                    "its backups are ready",
                    () -> {
                        request.run();
                        return new TableState(null);
                    },
                    done -> true,
                    early -> early instanceof ContinuousBackupsUnavailableException);
        } catch (SdkException e) {
            throw new MirrorException(
                    "table " + table + ": it was created, but its " + failure + ": " + SdkErrors.describe(client, e)
                            + "; allow " + permission + ", or run " + command,
                    e);
        }
    }

    /** Says of a table that was there what the mirror would have it like; it is not changed. */
    private void leave(Preparation preparation) {
        List<String> options = preparation.settings().optionsThatAreSet();
        if (!options.isEmpty()) {
            LOG.info(
                    "table {}: it was there already, so these options change nothing: {}",
                    preparation.table().name(),
                    String.join(", ", options));
        }
        if (preparation.expiryAttribute() != null) {
            checkTtl(preparation.table().name(), preparation.expiryAttribute());
        }
    }

    /** Says so if tombstones will stay. */
    private void checkTtl(String table, String attribute) {
        TimeToLiveDescription ttl;
        try {
            ttl = client.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
        } catch (SdkException e) {
            LOG.warn(
                    "table {}: can't see whether its TTL is on for the attribute {}: {}; if it is not, tombstones will"
                            + " stay until it is turned on with: {}",
                    table,
                    attribute,
                    SdkErrors.describe(client, e),
                    AwsCommands.turnOnTtl(table, attribute));
            return;
        }
        switch (ttl.timeToLiveStatus()) {
            case ENABLED, ENABLING -> {
                if (!attribute.equals(ttl.attributeName())) {
                    LOG.warn(
                            "table {}: its TTL is on for the attribute {}, and a table has one such attribute, so the"
                                    + " tombstones of deleted rows will stay, each an item of the key with the attribute {}",
                            table,
                            ttl.attributeName(),
                            attribute);
                }
            }
            default ->
                LOG.warn(
                        "table {}: its TTL is not on for the attribute {}, so the tombstones of deleted rows will stay;"
                                + " turn it on with: {}",
                        table,
                        attribute,
                        AwsCommands.turnOnTtl(table, attribute));
        }
    }
}
