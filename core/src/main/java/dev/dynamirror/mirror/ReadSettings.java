package dev.dynamirror.mirror;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read.
 *
 * @param tableName the DynamoDB table's name, or its ARN
 * @param schema the columns that are read, or null to infer them
 * @param unstorableNumbers whether a number that is stored as a string is one
 * @param connection which DynamoDB to talk to
 */
public record ReadSettings(
        String tableName, @Nullable Schema schema, UnstorableNumbers unstorableNumbers, ConnectionSettings connection)
        implements Serializable {}
