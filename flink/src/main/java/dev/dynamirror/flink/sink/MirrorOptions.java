package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.OrderSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.Transport;
import dev.dynamirror.mirror.VersionedDeletes;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.mirror.WriteSettings;
import dev.dynamirror.table.BillingMode;
import dev.dynamirror.table.DeletionProtection;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.StreamView;
import dev.dynamirror.table.TableClass;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.jspecify.annotations.Nullable;

/** The options of a mirror in SQL; the same words as in Java and on the command line. */
public final class MirrorOptions {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror";

    /** The DynamoDB table. */
    public static final ConfigOption<String> TABLE_NAME = ConfigOptions.key("table-name")
            .stringType()
            .noDefaultValue()
            .withDescription("The name or ARN of the DynamoDB table.");

    /** What is done with the table before the first write. */
    public static final ConfigOption<InitMode> INIT_MODE = ConfigOptions.key("init-mode")
            .enumType(InitMode.class)
            .defaultValue(InitMode.DEFAULT)
            .withDescription("What is done before the first write: 'default' takes the table as it is,"
                    + " 'create_if_not_exists' creates a missing one, 'replace' deletes it and creates it anew, 'reconcile' compares"
                    + " it with the live table and writes what differs.");

    /** The mirror's name. */
    public static final ConfigOption<String> NAME = ConfigOptions.key("name")
            .stringType()
            .noDefaultValue()
            .withDescription("The mirror's name in logs, metrics and operators; the table's name if not set.");

    /** Where DynamoDB answers. */
    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription("Where DynamoDB answers; taken from the environment as the AWS SDK does if not set.");

    /** The AWS region. */
    public static final ConfigOption<String> REGION = ConfigOptions.key("region")
            .stringType()
            .noDefaultValue()
            .withDescription("The AWS region; taken from the environment as the AWS SDK does if not set.");

    /** The key of a table that is read and has no primary key declared. */
    public static final ConfigOption<String> PARTITION_KEY = ConfigOptions.key("partition-key")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "For reading: the column that is the table's partition key, if no PRIMARY KEY is declared.");

    /** The sort key of a table that is read and has no primary key declared. */
    public static final ConfigOption<String> SORT_KEY = ConfigOptions.key("sort-key")
            .stringType()
            .noDefaultValue()
            .withDescription("For reading: the column that is the table's sort key, if no PRIMARY KEY is declared.");

    /** Before the column's name in an option that gives the live type of a column: {@code column.NAME.type}. */
    static final String COLUMN_PREFIX = "column.";

    private static final String TYPE_SUFFIX = ".type";

    /** What is done with rows that can't become items. */
    public static final ConfigOption<OnBadRow> ON_BAD_ROW = ConfigOptions.key("on-bad-row")
            .enumType(OnBadRow.class)
            .defaultValue(OnBadRow.FAIL)
            .withDescription("What is done with a row that can't become an item: 'fail' stops the mirror, 'set-aside'"
                    + " writes the row to a file in 'bad-rows' and goes on.");

    /** Where bad rows go. */
    public static final ConfigOption<String> BAD_ROWS = ConfigOptions.key("bad-rows")
            .stringType()
            .noDefaultValue()
            .withDescription("The folder of the files of bad rows, a path of one of Flink's file systems; set if and"
                    + " only if they are set aside.");

    /** What becomes of numbers that DynamoDB can't store. */
    public static final ConfigOption<UnstorableNumbers> UNSTORABLE_NUMBERS = ConfigOptions.key("unstorable-numbers")
            .enumType(UnstorableNumbers.class)
            .defaultValue(UnstorableNumbers.BAD_ROW)
            .withDescription("What becomes of a number that no DynamoDB number can be: 'bad-row' makes its row a bad"
                    + " one, 'as-string' stores its digits as a string (S).");

    /** How many write units the mirror may use. */
    public static final ConfigOption<Double> MAX_WRITE_UNITS_PER_SECOND = ConfigOptions.key(
                    "max-write-units-per-second")
            .doubleType()
            .noDefaultValue()
            .withDescription("How many write units all writers of the mirror together may use in a second; as many as"
                    + " DynamoDB gives if not set.");

    /** How long the mirror goes on without progress. */
    public static final ConfigOption<Duration> GIVE_UP_AFTER = ConfigOptions.key("give-up-after")
            .durationType()
            .defaultValue(WriteSettings.DEFAULT_GIVE_UP_AFTER)
            .withDescription("How long the mirror goes on while nothing at all gets through, before it fails.");

    /** Attributes that are not compared. */
    public static final ConfigOption<List<String>> IGNORE_ATTRIBUTES = ConfigOptions.key("ignore-attributes")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription("Attributes of items, separated by semicolons, that are not compared if 'init-mode' is"
                    + " 'reconcile', as somebody else looks after them.");

    /** How many items may be deleted. */
    public static final ConfigOption<String> MAX_DELETES = ConfigOptions.key("max-deletes")
            .stringType()
            .noDefaultValue()
            .withDescription("How many items 'init-mode' = 'reconcile' may delete, a number like '1000' or a share like"
                    + " '10%'; beyond that nothing is changed. Half of the items of a table with more than 1,000 if not"
                    + " set.");

    /** How many read units reading the table may use. */
    public static final ConfigOption<Double> MAX_READ_UNITS_PER_SECOND = ConfigOptions.key("max-read-units-per-second")
            .doubleType()
            .noDefaultValue()
            .withDescription("How many read units may be used in a second while the table is read for 'init-mode' ="
                    + " 'reconcile'; as many as DynamoDB gives if not set.");

    /** What a row becomes. */
    public static final ConfigOption<WriteMode> WRITE_MODE = ConfigOptions.key("write-mode")
            .enumType(WriteMode.class)
            .defaultValue(WriteMode.PUT)
            .withDescription(
                    "What a row becomes: 'put' makes an item that is what the row is, 'merge' sets the mirror's"
                            + " columns and leaves all other attributes of the item as they are.");

    /** What a deleted row removes. */
    public static final ConfigOption<MergeDeletes> MERGE_DELETES = ConfigOptions.key("merge-deletes")
            .enumType(MergeDeletes.class)
            .defaultValue(MergeDeletes.ITEM)
            .withDescription(
                    "What a deleted row removes if 'write-mode' is 'merge': 'item' the whole item, 'attributes'"
                            + " the mirror's columns only.");

    /** How older changes are kept from overwriting newer ones. */
    public static final ConfigOption<Ordering> ORDERING = ConfigOptions.key("ordering")
            .enumType(Ordering.class)
            .defaultValue(Ordering.IN_ORDER)
            .withDescription(
                    "How an older change is kept from overwriting a newer one of its key: 'in-order' sends the"
                            + " next change when the one before is answered, 'versioned' has DynamoDB compare versions as well.");

    /** The column that is the version. */
    public static final ConfigOption<String> VERSION_COLUMN = ConfigOptions.key("version-column")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "If 'ordering' is 'versioned': the column whose value grows with every change of a key; the"
                            + " mirror makes versions of its own if not set.");

    /** What a versioned delete leaves behind. */
    public static final ConfigOption<VersionedDeletes> VERSIONED_DELETES = ConfigOptions.key("versioned-deletes")
            .enumType(VersionedDeletes.class)
            .defaultValue(VersionedDeletes.TOMBSTONE)
            .withDescription(
                    "If 'ordering' is 'versioned': 'tombstone' leaves a mark in place of a deleted item, so that"
                            + " an older change still comes too late, 'remove' leaves nothing.");

    /** How long tombstones stay. */
    public static final ConfigOption<Duration> TOMBSTONE_RETENTION = ConfigOptions.key("tombstone-retention")
            .durationType()
            .defaultValue(OrderSettings.DEFAULT_RETENTION)
            .withDescription("How long a tombstone stays at least, before the table's TTL removes it.");

    /** How requests are sent. */
    public static final ConfigOption<Transport> TRANSPORT = ConfigOptions.key("transport")
            .enumType(Transport.class)
            .defaultValue(Transport.DIRECT)
            .withDescription("How requests are sent: 'direct' as the bytes that rows were encoded to, 'sdk' through the"
                    + " client of the AWS SDK, which does the same and costs more.");

    /** What a table that is created is paid by. */
    public static final ConfigOption<BillingMode> BILLING_MODE = ConfigOptions.key("billing-mode")
            .enumType(BillingMode.class)
            .noDefaultValue()
            .withDescription("Of a table that is created: 'on-demand', or 'provisioned' with 'read-capacity' and"
                    + " 'write-capacity'; on-demand if not set.");

    /** The read units a second of a provisioned table. */
    public static final ConfigOption<Long> READ_CAPACITY = ConfigOptions.key("read-capacity")
            .longType()
            .noDefaultValue()
            .withDescription("Of a table that is created as provisioned: its read units a second, and those of each of"
                    + " its indexes.");

    /** The write units a second of a provisioned table. */
    public static final ConfigOption<Long> WRITE_CAPACITY = ConfigOptions.key("write-capacity")
            .longType()
            .noDefaultValue()
            .withDescription("Of a table that is created as provisioned: its write units a second, and those of each of"
                    + " its indexes.");

    /** How many reads a table is ready for at once. */
    public static final ConfigOption<Long> WARM_READ_UNITS_PER_SECOND = ConfigOptions.key("warm-read-units-per-second")
            .longType()
            .noDefaultValue()
            .withDescription("Of a table that is created: for how many read units a second it is ready at once, which"
                    + " AWS charges for; DynamoDB's own number if not set.");

    /** How many writes a table is ready for at once. */
    public static final ConfigOption<Long> WARM_WRITE_UNITS_PER_SECOND = ConfigOptions.key(
                    "warm-write-units-per-second")
            .longType()
            .noDefaultValue()
            .withDescription("Of a table that is created: for how many write units a second it is ready at once, which"
                    + " AWS charges for; DynamoDB's own number if not set.");

    /** The class of a table that is created. */
    public static final ConfigOption<TableClass> TABLE_CLASS = ConfigOptions.key("table-class")
            .enumType(TableClass.class)
            .noDefaultValue()
            .withDescription("Of a table that is created: 'standard', or 'infrequent-access'; standard if not set.");

    /** The key that items are encrypted with. */
    public static final ConfigOption<String> ENCRYPTION_KEY = ConfigOptions.key("encryption-key")
            .stringType()
            .noDefaultValue()
            .withDescription("Of a table that is created: the id, ARN or alias of the KMS key of its items; DynamoDB's"
                    + " own if not set.");

    /** The tags of a table that is created. */
    public static final ConfigOption<String> TAGS = ConfigOptions.key("tags")
            .stringType()
            .noDefaultValue()
            .withDescription("Of a table that is created: its tags, like 'team=shop, stage=test'.");

    /** The attribute of the TTL of a table that is created. */
    public static final ConfigOption<String> TTL_ATTRIBUTE = ConfigOptions.key("ttl-attribute")
            .stringType()
            .noDefaultValue()
            .withDescription("Of a table that is created: the column with the second since 1970 after which DynamoDB"
                    + " removes an item.");

    /** Whether a table that is created is protected. */
    public static final ConfigOption<DeletionProtection> DELETION_PROTECTION = ConfigOptions.key("deletion-protection")
            .enumType(DeletionProtection.class)
            .noDefaultValue()
            .withDescription("Of a table that is created: 'on' has DynamoDB refuse to delete it; off if not set.");

    /** What the stream of a table that is created tells. */
    public static final ConfigOption<StreamView> STREAM = ConfigOptions.key("stream")
            .enumType(StreamView.class)
            .noDefaultValue()
            .withDescription("Of a table that is created: what its stream tells of a change, 'keys-only', 'new-image',"
                    + " 'old-image' or 'new-and-old-images'; there is no stream if not set.");

    /** The indexes of a table that is created. */
    public static final ConfigOption<String> GLOBAL_INDEXES = ConfigOptions.key("global-indexes")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Of a table that is created: its global secondary indexes, like 'by-customer(customer, at),"
                            + " by-day(day) keys_only, by-item(item) include(price)'.");

    /** Whether protected tables may be replaced. */
    public static final ConfigOption<Boolean> REPLACE_PROTECTED = ConfigOptions.key("replace-protected")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether 'init-mode' = 'replace' may turn a table's protection against deletion off; the"
                    + " new table is protected again.");

    /** The options of tables that are created. */
    static final Set<ConfigOption<?>> OF_CREATED_TABLES = Set.of(
            BILLING_MODE,
            READ_CAPACITY,
            WRITE_CAPACITY,
            WARM_READ_UNITS_PER_SECOND,
            WARM_WRITE_UNITS_PER_SECOND,
            TABLE_CLASS,
            ENCRYPTION_KEY,
            TAGS,
            TTL_ATTRIBUTE,
            DELETION_PROTECTION,
            STREAM,
            GLOBAL_INDEXES,
            REPLACE_PROTECTED);

    private MirrorOptions() {}

    /** The key of the option that gives the live type of a column. */
    public static String columnType(String column) {
        return COLUMN_PREFIX + column + TYPE_SUFFIX;
    }

    /**
     * The columns whose live types the options of a table give; null if there are none.
     *
     * @throws MirrorException if an option that begins as they do is none, or its value is no type
     */
    static @Nullable Schema columnTypes(Map<String, String> options) {
        List<Column> columns = options.entrySet().stream()
                .filter(option -> option.getKey().startsWith(COLUMN_PREFIX))
                .map(option -> new Column(columnName(option.getKey()), type(option.getKey(), option.getValue())))
                .sorted(Comparator.comparing(Column::name))
                .toList();
        return columns.isEmpty() ? null : new Schema(columns);
    }

    private static String columnName(String key) {
        int end = key.length() - TYPE_SUFFIX.length();
        if (!key.endsWith(TYPE_SUFFIX) || end <= COLUMN_PREFIX.length()) {
            throw new MirrorException("there is no option '" + key + "'; the type of a column is given like '"
                    + columnType("id") + "' = 'pointer'");
        }
        return key.substring(COLUMN_PREFIX.length(), end);
    }

    private static LiveType type(String key, String text) {
        try {
            return LiveType.parse(text);
        } catch (MirrorException e) {
            throw new MirrorException("the option '" + key + "': " + e.getMessage(), e);
        }
    }
}
