package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Reads what a table is like that is to be replaced, and deletes it. */
final class TableReplacer {

    private static final Logger LOG = LoggerFactory.getLogger(TableReplacer.class);

    private final DynamoDbClient client;
    private final TableWait wait;

    TableReplacer(DynamoDbClient client, TableWait wait) {
        this.client = client;
        this.wait = wait;
    }

    /** What would be replaced; empty if there is no table. Nothing is changed. */
    Optional<Replacement> describe(Preparation preparation) {
        AtomicReference<@Nullable TableDescription> found = new AtomicReference<>();
        String name = preparation.table().name();
        // DynamoDB doesn't delete a table that it is still creating or changing.
        wait.until(
                name,
                "it can be deleted",
                () -> {
                    TableState state = TableState.of(client, name);
                    found.set(state.description());
                    return state;
                },
                state -> state.description() == null
                        || (state.isUsable() && state.description().tableStatus() == TableStatus.ACTIVE),
                failure -> false);
        TableDescription table = found.get();
        if (table == null) {
            return Optional.empty();
        }
        checkDeletable(name, table, preparation.settings());
        OldTable old = OldTable.read(client, name, table);
        return Optional.of(new Replacement(old, NewTable.inPlaceOf(old, preparation)));
    }

    private static void checkDeletable(String name, TableDescription table, TableSettings settings) {
        if (table.hasReplicas() && !table.replicas().isEmpty()) {
            throw new MirrorException("table " + name + " is a global table with replicas in "
                    + table.replicas().stream()
                            .map(ReplicaDescription::regionName)
                            .collect(Collectors.joining(", "))
                    + ", and is not replaced; remove the replicas first, or delete its items by other means");
        }
        if (isProtected(table) && !settings.replaceProtected()) {
            throw new MirrorException("table " + name
                    + " is protected against deletion, and is not replaced; turn its protection off, or have the mirror"
                    + " do so by replace-protected");
        }
    }

    private static boolean isProtected(TableDescription table) {
        return Boolean.TRUE.equals(table.deletionProtectionEnabled());
    }

    /** Asks DynamoDB to delete the table, and doesn't wait until it is gone. */
    void delete(String name, Replacement replacement) {
        TableDescription table = replacement.oldTable();
        LOG.warn("table {}: replacing it; lost are {}", name, replacement.losses());
        if (!replacement.kept().isEmpty()) {
            LOG.warn(
                    "table {}: the new one has {}; should this process end before it is there, this makes it: {}",
                    name,
                    replacement.kept(),
                    String.join("; ", replacement.commands()));
        }
        if (isProtected(table)) {
            unprotect(name);
        }
        try {
            delete(name);
        } catch (SdkException e) {
            if (isProtected(table)) {
                protectAgain(name);
            }
            throw e;
        }
    }

    /** Asks DynamoDB to delete the table, whoever else does so, too. */
    void delete(String name) {
        try {
            client.deleteTable(request -> request.tableName(name));
        } catch (ResourceNotFoundException e) {
            LOG.info("table {}: somebody else has deleted it", name);
        } catch (ResourceInUseException e) {
            LOG.info("table {}: somebody else is changing or deleting it", name);
        }
    }

    private void unprotect(String name) {
        LOG.warn("table {}: turning its protection against deletion off", name);
        client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
        wait.until(
                name,
                "its protection is off",
                () -> TableState.of(client, name),
                state -> state.description() == null
                        || (state.description().tableStatus() != TableStatus.UPDATING
                                && !isProtected(state.description())),
                failure -> false);
    }

    /** The table stays, so it stays as it was. */
    private void protectAgain(String name) {
        try {
            client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(true));
        } catch (SdkException e) {
            LOG.warn(
                    "table {}: its protection against deletion is off, and can't be turned on again: {}",
                    name,
                    SdkErrors.describe(client, e));
        }
    }
}
