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
import dev.dynamirror.table.InitMode;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
                    + " 'create_if_not_exists' creates a missing one, 'replace' deletes it and creates it anew.");

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
