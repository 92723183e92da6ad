package dev.dynamirror.table;

import java.util.Locale;

/** What of a table is cheap: its requests, or its storage. */
public enum TableClass {
    /** DynamoDB's own default. */
    STANDARD,
    /** Storage is cheaper, and requests are dearer. */
    INFREQUENT_ACCESS;

    /** The word for it in SQL and on the command line, like {@code infrequent-access}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    software.amazon.awssdk.services.dynamodb.model.TableClass sdk() {
        return switch (this) {
            case STANDARD -> software.amazon.awssdk.services.dynamodb.model.TableClass.STANDARD;
            case INFREQUENT_ACCESS ->
                software.amazon.awssdk.services.dynamodb.model.TableClass.STANDARD_INFREQUENT_ACCESS;
        };
    }
}
