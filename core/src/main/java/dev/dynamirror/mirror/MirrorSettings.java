package dev.dynamirror.mirror;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror is made of.
 *
 * @param tableName the DynamoDB table's name, or its ARN
 * @param partitionKey the column that is the table's partition key
 * @param sortKey the column that is the table's sort key, or null for a table without one
 * @param initMode what is done with the table before the first write
 * @param name the mirror's name in logs, metrics and operators
 * @param connection which DynamoDB to talk to
 */
public record MirrorSettings(
        String tableName,
        String partitionKey,
        @Nullable String sortKey,
        InitMode initMode,
        String name,
        ConnectionSettings connection)
        implements Serializable {

    private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[a-zA-Z0-9_.:/-]{1,1020}");

    /**
     * Checks the settings, as {@link Builder} does.
     *
     * @throws MirrorException if DynamoDB takes no table of that name, a column's name or the mirror's is empty, or both
     *     keys are one column
     */
    public MirrorSettings {
        checkTableName(tableName);
        nonEmpty("partition key", partitionKey);
        nonEmpty("name", name);
        if (sortKey != null) {
            nonEmpty("sort key", sortKey);
        }
        if (partitionKey.equals(sortKey)) {
            throw new MirrorException("the mirror of table " + tableName + " has the column \"" + sortKey
                    + "\" as partition key and as sort key; they must be two columns");
        }
    }

    private static String checkTableName(String tableName) {
        if (!TABLE_NAME.matcher(tableName).matches()) {
            throw new MirrorException("\"" + tableName + "\" is no name of a DynamoDB table; expected 3 to 255 of"
                    + " the characters a-z, A-Z, 0-9, _, - and .");
        }
        return tableName;
    }

    private static String nonEmpty(String what, String value) {
        if (value.isEmpty()) {
            throw new MirrorException("the " + what + " is empty");
        }
        return value;
    }

    /**
     * What the mirror needs of its table, for a live table of that schema.
     *
     * @throws MirrorException if a key is no column of the schema, or its type can't be a key; the message names the
     *     columns that there are, or the types that can be keys
     */
    public TableSpec tableSpec(Schema schema) {
        return new TableSpec(
                tableName,
                keyPart(schema, "partition key", partitionKey),
                sortKey == null ? null : keyPart(schema, "sort key", sortKey));
    }

    private TableSpec.KeyPart keyPart(Schema schema, String role, String columnName) {
        Column column = schema.column(columnName)
                .orElseThrow(() -> new MirrorException("mirror " + name + ": the " + role + " \"" + columnName
                        + "\" is not a column of the live table; its columns are "
                        + schema.names().stream().map(n -> '"' + n + '"').collect(Collectors.joining(", "))));
        KeyType type = KeyType.of(column.type())
                .orElseThrow(() -> new MirrorException("mirror " + name + ": the " + role + " \"" + columnName
                        + "\" has the type " + column.type() + ", and the type " + column.type()
                        + " can't be used in a key; the types that can are " + KeyType.liveTypes()
                        + ", none of them optional"));
        return new TableSpec.KeyPart(columnName, type);
    }

    /** Collects the settings of a mirror; made by {@link DynamoDb#table}. */
    public static final class Builder {

        private final String tableName;
        private @Nullable String partitionKey;
        private @Nullable String sortKey;
        private InitMode initMode = InitMode.DEFAULT;
        private @Nullable String name;
        private @Nullable URI endpoint;
        private @Nullable String region;

        Builder(String tableName) {
            this.tableName = checkTableName(tableName);
        }

        /**
         * Sets the column that is the partition key; every mirror needs one.
         *
         * @throws MirrorException if the name is empty
         */
        public Builder partitionKey(String column) {
            this.partitionKey = nonEmpty("partition key", column);
            return this;
        }

        /**
         * Sets the column that is the sort key; without it the table has none.
         *
         * @throws MirrorException if the name is empty
         */
        public Builder sortKey(String column) {
            this.sortKey = nonEmpty("sort key", column);
            return this;
        }

        /** Sets what is done with the table before the first write; without it {@link InitMode#DEFAULT}. */
        public Builder initMode(InitMode mode) {
            this.initMode = mode;
            return this;
        }

        /**
         * Sets the mirror's name in logs, metrics and operators; without it the table's name.
         *
         * @throws MirrorException if the name is empty
         */
        public Builder name(String mirrorName) {
            this.name = nonEmpty("name", mirrorName);
            return this;
        }

        /** Sets where DynamoDB answers; without it the environment says, as for every program of the AWS SDK. */
        public Builder endpoint(URI address) {
            this.endpoint = address;
            return this;
        }

        /** Sets the AWS region; without it the environment says, as for every program of the AWS SDK. */
        public Builder region(String awsRegion) {
            this.region = awsRegion;
            return this;
        }

        /**
         * The settings.
         *
         * @throws MirrorException if there is no partition key, both keys are one column, or the endpoint or the region
         *     is none
         */
        public MirrorSettings build() {
            if (partitionKey == null) {
                throw new MirrorException(
                        "the mirror of table " + tableName + " has no partition key; name its column");
            }
            return new MirrorSettings(
                    tableName,
                    partitionKey,
                    sortKey,
                    initMode,
                    name == null ? tableName : name,
                    new ConnectionSettings(endpoint, region));
        }
    }
}
