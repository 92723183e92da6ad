package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Sees to it that there is a table of the mirror's key that can be written to, whatever others do with it meanwhile.
 *
 * <p>{@link #step} looks at the table, does what is to be done now, and is taken again until the table is ready.
 */
final class TableMaker {

    private static final Logger LOG = LoggerFactory.getLogger(TableMaker.class);

    private final DynamoDbClient client;
    private final TableReplacer replacer;
    private final Preparation preparation;
    private final String name;
    private final NewTable wish;
    /** The table that is to go; null if there is none, or nobody knows its id. */
    private final @Nullable String idOfOld;

    private boolean created;
    private boolean unseen;

    TableMaker(
            DynamoDbClient client,
            TableReplacer replacer,
            Preparation preparation,
            NewTable wish,
            @Nullable Replacement replacement) {
        this.client = client;
        this.replacer = replacer;
        this.preparation = preparation;
        this.name = preparation.table().name();
        this.wish = wish;
        this.idOfOld = replacement == null ? null : replacement.oldTable().tableId();
    }

    /** Whether the table is one that this has created. */
    boolean created() {
        return created;
    }

    /** Whether that table is the one that is wished for. */
    boolean isReady(TableState state) {
        if (!state.isUsable() || isOld(state.description())) {
            return false;
        }
        checkKey(state.description());
        return true;
    }

    /** Does what is to be done now, and returns what the table is like then. */
    TableState step() {
        TableState state = TableState.of(client, name);
        TableDescription table = state.description();
        if (table != null) {
            unseen = false;
            if (isOld(table) && table.tableStatus() == TableStatus.ACTIVE) {
                // Somebody was changing it when it was to be deleted.
                replacer.delete(name);
            }
            return state;
        }
        if (unseen) {
            // Right after CreateTable, DescribeTable may not know the table yet.
            return state;
        }
        if (preparation.initMode() == InitMode.DEFAULT) {
            throw new MirrorException("table " + name
                    + " doesn't exist; create it, or have it created by the init mode create_if_not_exists");
        }
        create();
        return TableState.of(client, name);
    }

    private void create() {
        LOG.info("table {}: creating it with {}", name, preparation.table().describeKey());
        try {
            client.createTable(wish.request());
            created = true;
            unseen = true;
        } catch (ResourceInUseException e) {
            // Or deleting one that DescribeTable does not know any more.
            LOG.info("table {}: somebody else is creating it", name);
            created = false;
        } catch (SdkException e) {
            if (SdkErrors.mayPass(e)) {
                throw e;
            }
            throw new MirrorException(
                    "table " + name + " can't be created: " + SdkErrors.describe(client, e)
                            + (preparation.initMode() == InitMode.REPLACE
                                    ? "; this would make it: " + String.join("; ", wish.commands())
                                    : ""),
                    e);
        }
    }

    private boolean isOld(@Nullable TableDescription table) {
        return table != null && idOfOld != null && idOfOld.equals(table.tableId());
    }

    private void checkKey(@Nullable TableDescription table) {
        TableSpec spec = preparation.table();
        TableSpec found = TableSpec.of(Objects.requireNonNull(table));
        if (!found.keyParts().equals(spec.keyParts())) {
            throw new MirrorException("table " + name + " has another key than the mirror: the table has "
                    + found.describeKey() + ", the mirror has " + spec.describeKey()
                    + "; name the table's key columns, or have the table made anew by the init mode replace");
        }
    }
}
