package dev.dynamirror.mirror;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.item.OwnAttributes;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.reconcile.ComparedAttributes;
import dev.dynamirror.reconcile.ItemComparison;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.Preparation;
import dev.dynamirror.table.TableSettings;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param rows how its rows become items
 * @param write how its changes are written
 * @param table what its table is like if the mirror creates it
 * @param reconcile how its table is compared with the live table
 */
public record MirrorSettings(
        String tableName,
        String partitionKey,
        @Nullable String sortKey,
        InitMode initMode,
        String name,
        ConnectionSettings connection,
        RowSettings rows,
        WriteSettings write,
        TableSettings table,
        ReconcileSettings reconcile)
        implements Serializable {

    /** With the item itself that makes the 32 levels that DynamoDB takes. */
    private static final int MAX_NESTING = 31;

    private static final int MAX_KEY_NAME_BYTES = 255;

    private static final String VERSION_TYPES =
            "int, float, decimal, duration, str, datetime_naive, datetime_utc, date, time";

    private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[a-zA-Z0-9_.:/-]{1,1020}");

    /**
     * Checks the settings, as {@link Builder} does.
     *
     * @throws MirrorException if DynamoDB takes no table of that name, a column's name or the mirror's is empty, both keys
     *     are one column, or it is said what a created table is like and none is created
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
        checkCreates(table, initMode);
        if (initMode != InitMode.RECONCILE && !reconcile.optionsThatAreSet().isEmpty()) {
            throw new MirrorException(reconcile.optionsThatAreSet().get(0)
                    + " is set, but the table is not compared with the live table; set init-mode to reconcile, or leave it"
                    + " out");
        }
        for (String ignored : reconcile.ignoreAttributes()) {
            if (ignored.equals(partitionKey) || ignored.equals(sortKey)) {
                throw new MirrorException("ignore-attributes names \"" + ignored
                        + "\", which is a part of the key, by which rows and items are compared; leave it out");
            }
        }
    }

    private static void checkCreates(TableSettings table, InitMode initMode) {
        if (initMode == InitMode.DEFAULT && !table.optionsThatAreSet().isEmpty()) {
            throw new MirrorException(table.optionsThatAreSet().get(0)
                    + " is set, but the init mode default creates no table; set init-mode to create_if_not_exists or"
                    + " replace, or leave it out");
        }
        if (initMode != InitMode.REPLACE && table.replaceProtected()) {
            throw new MirrorException(
                    "replace-protected is set, but the table is not replaced; set init-mode to replace,"
                            + " or leave it out");
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

    /** The columns of the table's key, the partition key first. */
    public List<String> keyColumns() {
        return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
    }

    /**
     * What the mirror needs of its table, for a live table of that schema.
     *
     * @throws MirrorException if a key is no column of the schema, or its name or its type can't be a key's; the message
     *     names the columns that there are, or the types that can be keys; if a column's type can't be written; if the
     *     version column is none of the schema, or can't be a version; if a column of a versioned mirror has the name of one
     *     of the mirror's own attributes; or if there are more columns to merge than a request can set
     */
    public TableSpec tableSpec(Schema schema) {
        schema.columns().forEach(this::checkWritable);
        TableSpec table = new TableSpec(
                tableName,
                keyPart(schema, "partition key", partitionKey),
                sortKey == null ? null : keyPart(schema, "sort key", sortKey));
        if (write.order().ordering() == Ordering.VERSIONED) {
            checkVersions(schema);
        }
        if (write.mode() == WriteMode.MERGE) {
            checkMergeable(schema.columns().size() - table.keyParts().size());
        }
        checkTtl(schema);
        return preparation(schema, table).table();
    }

    /**
     * What is to be done with the table before the first write, for a live table of that schema.
     *
     * @throws MirrorException as {@link #tableSpec}
     */
    public Preparation preparation(Schema schema) {
        return preparation(schema, tableSpec(schema));
    }

    private Preparation preparation(Schema schema, TableSpec spec) {
        Map<String, Optional<KeyType>> columns = new LinkedHashMap<>();
        // Most columns of SQL are optional, so these are taken; a row without a value there is a bad one.
        schema.columns().forEach(column -> columns.put(column.name(), KeyType.of(required(column.type()))));
        return new Preparation(spec, initMode, table, write.expiryAttribute(), columns);
    }

    /**
     * How a live table of that schema is compared with the table: all attributes, or the mirror's columns only if others are
     * not the mirror's.
     *
     * @throws MirrorException as {@link #tableSpec}
     */
    public ItemComparison comparison(Schema schema) {
        TableSpec spec = tableSpec(schema);
        boolean merges = write.mode() == WriteMode.MERGE;
        ComparedAttributes compared = merges ? ComparedAttributes.of(schema.names()) : ComparedAttributes.all();
        // A delete leaves the key of an item if it removes the mirror's columns only.
        boolean leavesKeys = merges
                && write.mergeDeletes() == MergeDeletes.ATTRIBUTES
                && schema.columns().size() > spec.keyParts().size();
        return new ItemComparison(
                spec,
                compared.without(reconcile.ignoreAttributes()),
                leavesKeys ? ItemComparison.EmptyItems.REMAINS : ItemComparison.EmptyItems.ITEMS);
    }

    private static LiveType required(LiveType type) {
        return type instanceof OptionalType optional ? optional.required() : type;
    }

    private void checkTtl(Schema schema) {
        String attribute = table.ttlAttribute();
        if (attribute == null || attribute.equals(write.expiryAttribute())) {
            return;
        }
        Optional<Column> column = schema.column(attribute);
        // What is merged into items may find the attribute there.
        boolean canBe = column.map(found -> isSeconds(required(found.type()))).orElse(write.mode() == WriteMode.MERGE);
        if (!canBe) {
            throw new MirrorException("mirror " + name + ": the ttl-attribute \"" + attribute + "\" "
                    + column.map(found -> "has the type " + found.type())
                            .orElse("is not a column of the live table, and so in none of its items")
                    + "; DynamoDB's TTL takes a number of seconds since 1970, of the type int, float or decimal");
        }
    }

    private static boolean isSeconds(LiveType type) {
        return type instanceof DecimalType || type == ScalarType.INT || type == ScalarType.FLOAT;
    }

    private void checkVersions(Schema schema) {
        for (String name : schema.names()) {
            if (OwnAttributes.ALL.contains(name)) {
                throw new MirrorException("mirror " + this.name + ": the live table has a column \"" + name
                        + "\", which is the name of an attribute that a versioned mirror has for itself; give the column"
                        + " another name");
            }
        }
        String versionColumn = write.order().versionColumn();
        if (versionColumn != null) {
            checkVersion(versionColumn, column(schema, "version column", versionColumn));
        }
    }

    private void checkVersion(String versionColumn, Column column) {
        String place = "mirror " + name + ": the version column \"" + versionColumn + "\" ";
        if (versionColumn.equals(partitionKey) || versionColumn.equals(sortKey)) {
            throw new MirrorException(
                    place + "is a part of the key, which is the same in all versions of a row; name another column");
        }
        if (!isVersion(column.type())) {
            throw new MirrorException(place + "has the type " + column.type() + "; the types that can be versions are "
                    + VERSION_TYPES + ", none of them optional (in SQL, NOT NULL)");
        }
    }

    /** Whether DynamoDB compares values of that type as they are ordered, and each has a value. */
    private static boolean isVersion(LiveType type) {
        if (type instanceof DecimalType) {
            return true;
        }
        if (!(type instanceof ScalarType scalar)) {
            return false;
        }
        return switch (scalar) {
            case INT, FLOAT, DURATION, STR, DATETIME_NAIVE, DATETIME_UTC, DATE, TIME -> true;
            case BOOL, BYTES, JSON, POINTER, OBJECT -> false;
        };
    }

    private void checkMergeable(int columns) {
        int most = ChangeForm.mostMergedColumns();
        if (columns > most) {
            throw new MirrorException("mirror " + name + ": the live table has " + columns
                    + " columns beside its key, and a request of DynamoDB's can merge at most "
                    + most + " into an item, as its expression takes 4096 bytes; leave out"
                    + " columns, or write whole items with the write mode put");
        }
    }

    private void checkWritable(Column column) {
        String place = "mirror " + name + ": column \"" + column.name() + "\" has the type " + column.type();
        if (column.type().nesting() > MAX_NESTING) {
            throw new MirrorException(place + ", which nests " + column.type().nesting()
                    + " lists and maps, and DynamoDB takes at most " + MAX_NESTING);
        }
        if (column.type().isMixed()) {
            throw new MirrorException(place + ", which can't be written; give the column one type");
        }
    }

    private Column column(Schema schema, String role, String columnName) {
        return schema.column(columnName)
                .orElseThrow(() -> new MirrorException("mirror " + name + ": the " + role + " \"" + columnName
                        + "\" is not a column of the live table; its columns are "
                        + schema.names().stream().map(n -> '"' + n + '"').collect(Collectors.joining(", "))));
    }

    private TableSpec.KeyPart keyPart(Schema schema, String role, String columnName) {
        Column column = column(schema, role, columnName);
        KeyType type = KeyType.of(column.type())
                .orElseThrow(() -> new MirrorException("mirror " + name + ": the " + role + " \"" + columnName
                        + "\" has the type " + column.type() + ", and the type " + column.type()
                        + " can't be used in a key; the types that can are " + KeyType.liveTypes()
                        + ", none of them optional"));
        int nameBytes = columnName.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes > MAX_KEY_NAME_BYTES) {
            throw new MirrorException("mirror " + name + ": the " + role + " \"" + columnName + "\" has a name of "
                    + nameBytes + " bytes, and DynamoDB takes at most " + MAX_KEY_NAME_BYTES + " for a key");
        }
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
        private @Nullable Schema schema;
        private OnBadRow onBadRow = OnBadRow.FAIL;
        private @Nullable String badRows;
        private UnstorableNumbers unstorableNumbers = UnstorableNumbers.BAD_ROW;
        private @Nullable Double maxWriteUnitsPerSecond;
        private Duration giveUpAfter = WriteSettings.DEFAULT_GIVE_UP_AFTER;
        private WriteMode writeMode = WriteMode.PUT;
        private @Nullable MergeDeletes mergeDeletes;
        private Ordering ordering = Ordering.IN_ORDER;
        private @Nullable String versionColumn;
        private @Nullable VersionedDeletes versionedDeletes;
        private @Nullable Duration tombstoneRetention;
        private Transport transport = Transport.DIRECT;
        private TableSettings tableSettings = TableSettings.NONE;
        private List<String> ignoreAttributes = List.of();
        private @Nullable MaxDeletes maxDeletes;
        private @Nullable Double maxReadUnitsPerSecond;

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
         * Sets the types of columns.
         *
         * <p>For reading, these are the columns that are read, each from the attribute of its name. For writing, they are
         * those columns of the live table whose type the engine's own does not tell: a {@code json} or a {@code pointer} in
         * a string, a {@code duration} in an integer; columns that are not named have the type that the engine gives.
         */
        public Builder schema(Schema columns) {
            this.schema = columns;
            return this;
        }

        /**
         * Sets the types of columns by text like {@code key int, value str?}.
         *
         * @throws MirrorException if the text is no schema
         */
        public Builder schema(String columns) {
            return schema(Schema.parse(columns));
        }

        /** Sets what is done with a row that can't become an item; without it {@link OnBadRow#FAIL}. */
        public Builder onBadRow(OnBadRow action) {
            this.onBadRow = action;
            return this;
        }

        /**
         * Sets the folder of the files of bad rows that are set aside.
         *
         * @param folder a path of one of the engine's file systems
         * @throws MirrorException if the path is empty
         */
        public Builder badRows(String folder) {
            this.badRows = nonEmpty("path of the bad rows", folder);
            return this;
        }

        /** Sets what becomes of numbers that DynamoDB can't store; without it {@link UnstorableNumbers#BAD_ROW}. */
        public Builder unstorableNumbers(UnstorableNumbers action) {
            this.unstorableNumbers = action;
            return this;
        }

        /**
         * Sets how many write units the whole mirror may use in a second; its writers share them evenly. Without it as many
         * as DynamoDB gives.
         *
         * @param units a positive number, which {@link #build} checks
         */
        public Builder maxWriteUnitsPerSecond(double units) {
            this.maxWriteUnitsPerSecond = units;
            return this;
        }

        /**
         * Sets how long the mirror goes on while nothing at all gets through; without it {@link
         * WriteSettings#DEFAULT_GIVE_UP_AFTER}.
         *
         * @param time a positive duration of at most 36,500 days, which {@link #build} checks
         */
        public Builder giveUpAfter(Duration time) {
            this.giveUpAfter = time;
            return this;
        }

        /** Sets what a row becomes; without it {@link WriteMode#PUT}. */
        public Builder writeMode(WriteMode mode) {
            this.writeMode = mode;
            return this;
        }

        /** Sets what a deleted row removes in {@link WriteMode#MERGE}; without it {@link MergeDeletes#ITEM}. */
        public Builder mergeDeletes(MergeDeletes deletes) {
            this.mergeDeletes = deletes;
            return this;
        }

        /** Sets how an older change is kept from overwriting a newer one; without it {@link Ordering#IN_ORDER}. */
        public Builder ordering(Ordering order) {
            this.ordering = order;
            return this;
        }

        /**
         * Sets the column whose value grows with every change of a key, for {@link Ordering#VERSIONED}; without it the mirror
         * makes versions of its own. A delete then needs the column's value as well as the key.
         *
         * @param column a name that is not empty, which {@link #build} checks
         */
        public Builder versionColumn(String column) {
            this.versionColumn = column;
            return this;
        }

        /**
         * Sets what a delete leaves behind in {@link Ordering#VERSIONED}; without it {@link VersionedDeletes#TOMBSTONE}.
         */
        public Builder versionedDeletes(VersionedDeletes deletes) {
            this.versionedDeletes = deletes;
            return this;
        }

        /**
         * Sets how long tombstones stay at least; without it {@link OrderSettings#DEFAULT_RETENTION}.
         *
         * @param time a positive duration of at most 36,500 days, which {@link #build} checks
         */
        public Builder tombstoneRetention(Duration time) {
            this.tombstoneRetention = time;
            return this;
        }

        /** Sets how requests are sent; without it {@link Transport#DIRECT}. */
        public Builder transport(Transport way) {
            this.transport = way;
            return this;
        }

        /**
         * Sets what the table is like if the mirror creates it; without it, it is on-demand and all else is DynamoDB's own
         * default. Not for {@link InitMode#DEFAULT}, which creates none.
         */
        public Builder tableSettings(TableSettings settings) {
            this.tableSettings = settings;
            return this;
        }

        /**
         * Sets attributes of items that are not compared with the live table, as somebody else looks after them. Only for
         * {@link InitMode#RECONCILE}.
         *
         * @param names none of them empty or a part of the key, which {@link #build} checks
         */
        public Builder ignoreAttributes(String... names) {
            this.ignoreAttributes = List.of(names);
            return this;
        }

        /**
         * Sets how many items may be deleted because the live table doesn't have them; beyond that nothing is changed. Without
         * it half of the items of a table with more than 1,000. Only for {@link InitMode#RECONCILE}.
         *
         * @param most made with {@link MaxDeletes#parse}
         */
        public Builder maxDeletes(MaxDeletes most) {
            this.maxDeletes = most;
            return this;
        }

        /**
         * Sets how many read units may be used in a second while the table is read; its readers share them evenly. Without it
         * as many as DynamoDB gives. Only for {@link InitMode#RECONCILE}.
         *
         * @param units a positive number, which {@link #build} checks
         */
        public Builder maxReadUnitsPerSecond(double units) {
            this.maxReadUnitsPerSecond = units;
            return this;
        }

        /**
         * The settings for reading; no key is needed.
         *
         * @throws MirrorException if the endpoint or the region is none
         */
        public ReadSettings buildForReading() {
            return new ReadSettings(tableName, schema, unstorableNumbers, new ConnectionSettings(endpoint, region));
        }

        /**
         * The settings.
         *
         * @throws MirrorException if there is no partition key, both keys are one column, bad rows are to be set aside
         *     and there is no folder for them or the other way round, the endpoint or the region is none, a number or a
         *     duration is not positive, or something is set of merging, of versions, of created tables or of comparing that
         *     there is not
         */
        public MirrorSettings build() {
            return build(initMode);
        }

        /**
         * The settings for comparing the table with a live table, whatever is to be done with it before it is written.
         *
         * @throws MirrorException as {@link #build}
         */
        public MirrorSettings buildForVerifying() {
            return build(InitMode.RECONCILE);
        }

        private MirrorSettings build(InitMode mode) {
            if (partitionKey == null) {
                throw new MirrorException(
                        "the mirror of table " + tableName + " has no partition key; name its column");
            }
            return new MirrorSettings(
                    tableName,
                    partitionKey,
                    sortKey,
                    mode,
                    name == null ? tableName : name,
                    new ConnectionSettings(endpoint, region),
                    new RowSettings(schema, onBadRow, badRows, unstorableNumbers),
                    new WriteSettings(
                            maxWriteUnitsPerSecond,
                            giveUpAfter,
                            writeMode,
                            mergeDeletes,
                            new OrderSettings(ordering, versionColumn, versionedDeletes, tombstoneRetention),
                            transport),
                    tableSettings,
                    new ReconcileSettings(ignoreAttributes, maxDeletes, maxReadUnitsPerSecond));
        }
    }
}
