package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A table as it was found.
 *
 * @param description what DynamoDB said of it, or null if there was none
 */
record TableState(@Nullable TableDescription description) {

    /** The table as it is now. */
    static TableState of(DynamoDbClient client, String table) {
        try {
            return new TableState(
                    client.describeTable(request -> request.tableName(table)).table());
        } catch (ResourceNotFoundException e) {
            return new TableState(null);
        }
    }

    /** Whether items can be written. */
    boolean isUsable() {
        return description != null
                && switch (description.tableStatus()) {
                    case ACTIVE, UPDATING -> true;
                    case CREATING, DELETING -> false;
                    default -> throw unusable(description);
                };
    }

    private static MirrorException unusable(TableDescription table) {
        return new MirrorException("table " + table.tableName() + " can't be written to: it is "
                + table.tableStatusAsString() + ", and must be ACTIVE" + remedy(table.tableStatus()));
    }

    private static String remedy(TableStatus status) {
        return switch (status) {
            case INACCESSIBLE_ENCRYPTION_CREDENTIALS ->
                "; enable the KMS key that it is encrypted with, and let DynamoDB use it (after seven days without it"
                        + " DynamoDB archives the table)";
            case ARCHIVING, ARCHIVED ->
                "; DynamoDB archives a table whose KMS key it can't use: restore it from its backup, or delete it";
            default -> "; look what is the matter with it in the AWS console";
        };
    }

    @Override
    public String toString() {
        return description == null ? "missing" : description.tableStatusAsString();
    }
}
