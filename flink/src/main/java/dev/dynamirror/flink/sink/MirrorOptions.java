package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Schema;
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
