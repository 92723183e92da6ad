package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.source.DynamoDbTableSource;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.TableSettings;
import dev.dynamirror.value.Schema;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sink and the source of {@code 'connector' = 'dynamirror'}; found by Flink through SPI.
 *
 * <p>The table's primary key is the DynamoDB table's: the partition key, then the sort key. A table that is only read needs
 * none.
 */
public final class MirrorTableFactory implements DynamicTableSinkFactory, DynamicTableSourceFactory {

    @Override
    public String factoryIdentifier() {
        return MirrorOptions.CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(MirrorOptions.TABLE_NAME);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(MirrorOptions.OF_CREATED_TABLES);
        options.addAll(Set.of(
                MirrorOptions.INIT_MODE,
                MirrorOptions.NAME,
                MirrorOptions.ENDPOINT,
                MirrorOptions.REGION,
                MirrorOptions.PARTITION_KEY,
                MirrorOptions.SORT_KEY,
                FactoryUtil.SOURCE_PARALLELISM,
                MirrorOptions.ON_BAD_ROW,
                MirrorOptions.BAD_ROWS,
                MirrorOptions.UNSTORABLE_NUMBERS,
                MirrorOptions.MAX_WRITE_UNITS_PER_SECOND,
                MirrorOptions.GIVE_UP_AFTER,
                MirrorOptions.WRITE_MODE,
                MirrorOptions.MERGE_DELETES,
                MirrorOptions.ORDERING,
                MirrorOptions.VERSION_COLUMN,
                MirrorOptions.VERSIONED_DELETES,
                MirrorOptions.TOMBSTONE_RETENTION,
                MirrorOptions.TRANSPORT,
                MirrorOptions.IGNORE_ATTRIBUTES,
                MirrorOptions.MAX_DELETES,
                MirrorOptions.MAX_READ_UNITS_PER_SECOND,
                FactoryUtil.SINK_PARALLELISM));
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validateExcept(MirrorOptions.COLUMN_PREFIX);
        ReadableConfig options = helper.getOptions();
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        try {
            MirrorSettings.Builder settings = DynamoDb.table(options.get(MirrorOptions.TABLE_NAME));
            addConnection(settings, options);
            addTypes(settings, context);
            settings.unstorableNumbers(options.get(MirrorOptions.UNSTORABLE_NUMBERS));
            return DynamoDbTableSource.of(
                    settings.buildForReading(),
                    rowType,
                    declaredKey(context, options),
                    options.getOptional(FactoryUtil.SOURCE_PARALLELISM).orElse(null));
        } catch (MirrorException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    /** The key that is declared for reading: the primary key, or that of the options; empty if there is neither. */
    private static List<String> declaredKey(Context context, ReadableConfig options) {
        Optional<List<String>> primary =
                context.getCatalogTable().getResolvedSchema().getPrimaryKey().map(UniqueConstraint::getColumns);
        return primary.orElseGet(() -> Stream.of(MirrorOptions.PARTITION_KEY, MirrorOptions.SORT_KEY)
                .flatMap(option -> options.getOptional(option).stream())
                .toList());
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        return sink(this, context, null);
    }

    /**
     * The sink of a mirror.
     *
     * @param factory the one that Flink has found, whose options are checked
     * @param snapshot all rows that there are, which those of the sink follow; null if those of the sink are all
     */
    DynamicTableSink sink(DynamicTableSinkFactory factory, Context context, @Nullable DataStream<RowData> snapshot) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(factory, context);
        helper.validateExcept(MirrorOptions.COLUMN_PREFIX);
        ReadableConfig options = helper.getOptions();
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        try {
            MirrorSettings settings =
                    settings(context, options, primaryKey(context)).build();
            MirrorPlan plan = MirrorPlan.of(settings, rowType);
            return new MirrorTableSink(
                    plan, context.getObjectIdentifier().asSummaryString(), parallelism(options), snapshot);
        } catch (MirrorException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    static MirrorSettings.Builder settings(Context context, ReadableConfig options, List<String> primaryKey) {
        MirrorSettings.Builder settings = DynamoDb.table(options.get(MirrorOptions.TABLE_NAME))
                .partitionKey(primaryKey.get(0))
                .initMode(options.get(MirrorOptions.INIT_MODE));
        if (primaryKey.size() > 1) {
            settings.sortKey(primaryKey.get(1));
        }
        options.getOptional(MirrorOptions.NAME).ifPresent(settings::name);
        addConnection(settings, options);
        addTypes(settings, context);
        settings.onBadRow(options.get(MirrorOptions.ON_BAD_ROW));
        options.getOptional(MirrorOptions.BAD_ROWS).ifPresent(settings::badRows);
        settings.unstorableNumbers(options.get(MirrorOptions.UNSTORABLE_NUMBERS));
        addWriting(settings, options);
        options.getOptional(MirrorOptions.IGNORE_ATTRIBUTES)
                .ifPresent(names -> settings.ignoreAttributes(names.toArray(String[]::new)));
        options.getOptional(MirrorOptions.MAX_DELETES).map(MaxDeletes::parse).ifPresent(settings::maxDeletes);
        options.getOptional(MirrorOptions.MAX_READ_UNITS_PER_SECOND).ifPresent(settings::maxReadUnitsPerSecond);
        settings.tableSettings(tableSettings(options));
        return settings;
    }

    private static TableSettings tableSettings(ReadableConfig options) {
        TableSettings.Builder table = TableSettings.builder();
        options.getOptional(MirrorOptions.BILLING_MODE).ifPresent(table::billingMode);
        options.getOptional(MirrorOptions.READ_CAPACITY).ifPresent(table::readCapacity);
        options.getOptional(MirrorOptions.WRITE_CAPACITY).ifPresent(table::writeCapacity);
        options.getOptional(MirrorOptions.WARM_READ_UNITS_PER_SECOND).ifPresent(table::warmReadUnitsPerSecond);
        options.getOptional(MirrorOptions.WARM_WRITE_UNITS_PER_SECOND).ifPresent(table::warmWriteUnitsPerSecond);
        options.getOptional(MirrorOptions.TABLE_CLASS).ifPresent(table::tableClass);
        options.getOptional(MirrorOptions.ENCRYPTION_KEY).ifPresent(table::encryptionKey);
        options.getOptional(MirrorOptions.TAGS).ifPresent(table::tags);
        options.getOptional(MirrorOptions.TTL_ATTRIBUTE).ifPresent(table::ttlAttribute);
        options.getOptional(MirrorOptions.DELETION_PROTECTION).ifPresent(table::deletionProtection);
        options.getOptional(MirrorOptions.STREAM).ifPresent(table::stream);
        options.getOptional(MirrorOptions.GLOBAL_INDEXES).ifPresent(table::globalIndexes);
        if (options.get(MirrorOptions.REPLACE_PROTECTED)) {
            table.replaceProtected();
        }
        return table.build();
    }

    private static void addWriting(MirrorSettings.Builder settings, ReadableConfig options) {
        settings.giveUpAfter(options.get(MirrorOptions.GIVE_UP_AFTER))
                .writeMode(options.get(MirrorOptions.WRITE_MODE))
                .ordering(options.get(MirrorOptions.ORDERING))
                .transport(options.get(MirrorOptions.TRANSPORT));
        // What is not set is not the default: some options may only be set with others.
        options.getOptional(MirrorOptions.MAX_WRITE_UNITS_PER_SECOND).ifPresent(settings::maxWriteUnitsPerSecond);
        options.getOptional(MirrorOptions.MERGE_DELETES).ifPresent(settings::mergeDeletes);
        options.getOptional(MirrorOptions.VERSION_COLUMN).ifPresent(settings::versionColumn);
        options.getOptional(MirrorOptions.VERSIONED_DELETES).ifPresent(settings::versionedDeletes);
        options.getOptional(MirrorOptions.TOMBSTONE_RETENTION).ifPresent(settings::tombstoneRetention);
    }

    private static void addConnection(MirrorSettings.Builder settings, ReadableConfig options) {
        options.getOptional(MirrorOptions.ENDPOINT).ifPresent(endpoint -> settings.endpoint(endpointAddress(endpoint)));
        options.getOptional(MirrorOptions.REGION).ifPresent(settings::region);
    }

    private static void addTypes(MirrorSettings.Builder settings, Context context) {
        Schema types = MirrorOptions.columnTypes(context.getCatalogTable().getOptions());
        if (types != null) {
            settings.schema(types);
        }
    }

    /** How many writers are wanted; 0 if nobody says. */
    private static int parallelism(ReadableConfig options) {
        int parallelism = options.getOptional(FactoryUtil.SINK_PARALLELISM).orElse(0);
        if (parallelism < 1 && options.getOptional(FactoryUtil.SINK_PARALLELISM).isPresent()) {
            throw new MirrorException("the option 'sink.parallelism' is " + parallelism + ", and must be at least 1");
        }
        return parallelism;
    }

    private static URI endpointAddress(String endpoint) {
        try {
            return URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new MirrorException("the endpoint \"" + endpoint + "\" is no address: " + e.getMessage(), e);
        }
    }

    private static List<String> primaryKey(Context context) {
        String table = context.getObjectIdentifier().getObjectName();
        List<String> columns = context.getCatalogTable()
                .getResolvedSchema()
                .getPrimaryKey()
                .map(UniqueConstraint::getColumns)
                .orElseThrow(() -> new ValidationException("table " + table
                        + " has no primary key; declare PRIMARY KEY (partition key) NOT ENFORCED, or PRIMARY KEY"
                        + " (partition key, sort key) NOT ENFORCED"));
        if (columns.size() > 2) {
            throw new ValidationException("the primary key of table " + table + " has the columns "
                    + String.join(", ", columns)
                    + ", but a DynamoDB table has a partition key and at most one sort key");
        }
        return columns;
    }
}
