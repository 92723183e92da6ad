package dev.dynamirror.table;

import java.util.Locale;

/** Whether DynamoDB refuses to delete a table. */
public enum DeletionProtection {
    /** It does. */
    ON,
    /** It does not, which is DynamoDB's own default. */
    OFF;

    /** The word for it in SQL and on the command line, like {@code on}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
