package dev.dynamirror.table;

import java.util.Locale;

/** What a table's reads and writes are paid by. */
public enum BillingMode {
    /** By the request; DynamoDB gives what is asked for. */
    ON_DEMAND,
    /** By the hour, for a capacity that is said beforehand. */
    PROVISIONED;

    /** The word for it in SQL and on the command line, like {@code on-demand}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
