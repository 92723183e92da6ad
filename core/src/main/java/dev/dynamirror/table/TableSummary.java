package dev.dynamirror.table;

import dev.dynamirror.client.Connection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What can be said of a table in a line.
 *
 * @param name its name
 * @param status DynamoDB's word for the state that it is in, like {@code ACTIVE}
 * @param billingMode what it is paid by
 * @param items how many it has, as DynamoDB counts them about every six hours
 * @param bytes how large they are together, as DynamoDB counts it about every six hours
 */
public record TableSummary(String name, String status, BillingMode billingMode, long items, long bytes) {

    /** Whether there is no such table; false also if DynamoDB doesn't say. */
    public static boolean isMissing(Connection connection, String table) {
        try {
            return TableState.of(connection.client(), table).description() == null;
        } catch (SdkException e) {
            return false;
        }
    }

    /** Of the table as it is now; empty if there is none, or DynamoDB doesn't say. */
    public static Optional<TableSummary> of(Connection connection, String table) {
        try {
            return Optional.ofNullable(TableState.of(connection.client(), table).description())
                    .map(TableSummary::of);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    private static TableSummary of(TableDescription table) {
        return new TableSummary(
                table.tableName(),
                table.tableStatusAsString(),
                billingMode(table.billingModeSummary()),
                Objects.requireNonNullElse(table.itemCount(), 0L),
                Objects.requireNonNullElse(table.tableSizeBytes(), 0L));
    }

    /** Of a table that has always been provisioned DynamoDB says nothing. */
    private static BillingMode billingMode(@Nullable BillingModeSummary summary) {
        return summary != null
                        && summary.billingMode()
                                == software.amazon.awssdk.services.dynamodb.model.BillingMode.PAY_PER_REQUEST
                ? BillingMode.ON_DEMAND
                : BillingMode.PROVISIONED;
    }
}
