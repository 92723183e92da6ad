package dev.dynamirror.flink;

import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.flink.sink.AbsentKeysTableFactory;
import dev.dynamirror.flink.sink.FollowingTableFactory;
import dev.dynamirror.flink.sink.MirrorOptions;
import dev.dynamirror.flink.sink.MirrorPlan;
import dev.dynamirror.flink.sink.VerifyTableFactory;
import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OrderSettings;
import dev.dynamirror.mirror.ReadSettings;
import dev.dynamirror.mirror.ReconcileSettings;
import dev.dynamirror.mirror.WriteSettings;
import dev.dynamirror.table.CapacitySettings;
import dev.dynamirror.table.TableSettings;
import dev.dynamirror.value.Column;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.jspecify.annotations.Nullable;

/** Settings as the tables of our connectors, as they would be declared in SQL. */
final class TableDescriptors {

    private TableDescriptors() {}

    /** The table that is read: its columns, and those of its key. */
    static TableDescriptor read(ReadSettings settings, dev.dynamirror.value.Schema columns, List<String> key) {
        Schema.Builder schema = Schema.newBuilder();
        columns.columns().forEach(column -> schema.column(column.name(), LiveTypes.dataType(column.type())));
        TableDescriptor.Builder descriptor = TableDescriptor.forConnector(MirrorOptions.CONNECTOR)
                .schema(schema.build())
                .option(MirrorOptions.TABLE_NAME, settings.tableName())
                .option(MirrorOptions.UNSTORABLE_NUMBERS, settings.unstorableNumbers())
                .option(MirrorOptions.PARTITION_KEY, key.get(0));
        if (key.size() > 1) {
            descriptor.option(MirrorOptions.SORT_KEY, key.get(1));
        }
        // Flink's type tells all others.
        addTypes(
                descriptor,
                columns.columns().stream()
                        .filter(column -> column.type().isMixed())
                        .toList());
        addConnection(descriptor, settings.connection());
        return descriptor.build();
    }

    private static void addTypes(TableDescriptor.Builder descriptor, List<Column> columns) {
        columns.forEach(column -> descriptor.option(
                MirrorOptions.columnType(column.name()), column.type().toString()));
    }

    private static void addConnection(TableDescriptor.Builder descriptor, ConnectionSettings connection) {
        if (connection.endpoint() != null) {
            descriptor.option(MirrorOptions.ENDPOINT, connection.endpoint().toString());
        }
        if (connection.region() != null) {
            descriptor.option(MirrorOptions.REGION, connection.region());
        }
    }

    /** The table that a mirror writes. */
    static TableDescriptor write(MirrorPlan plan) {
        TableDescriptor.Builder descriptor = keyed(MirrorOptions.CONNECTOR, plan);
        addOptions(descriptor, plan.settings());
        return descriptor.build();
    }

    /**
     * The table that a mirror writes when it is reconciled with a snapshot.
     *
     * @param snapshot the id of the snapshot
     */
    static TableDescriptor writeFollowing(MirrorPlan plan, String snapshot) {
        TableDescriptor.Builder descriptor = keyed(FollowingTableFactory.CONNECTOR, plan);
        addOptions(descriptor, plan.settings());
        return descriptor.option(FollowingTableFactory.SNAPSHOT, snapshot).build();
    }

    /** The rows of a mirror that have no key. */
    static TableDescriptor absentKeys(MirrorPlan plan) {
        return unkeyed(AbsentKeysTableFactory.CONNECTOR, plan).build();
    }

    /** The live table that is compared with a mirror's table; all differences go to the file, if there is one. */
    static TableDescriptor comparison(MirrorPlan plan, @Nullable String output) {
        TableDescriptor.Builder descriptor = keyed(VerifyTableFactory.CONNECTOR, plan);
        addKey(descriptor, plan.settings());
        addOptions(descriptor, plan.settings());
        addIfSet(descriptor, VerifyTableFactory.OUTPUT, output);
        return descriptor.build();
    }

    /** The rows of a live table that is compared that have no key. */
    static TableDescriptor absentKeysOfComparison(MirrorPlan plan) {
        return unkeyed(VerifyTableFactory.CONNECTOR, plan).build();
    }

    private static TableDescriptor.Builder keyed(String connector, MirrorPlan plan) {
        List<String> keyColumns = plan.settings().keyColumns();
        Schema.Builder schema = Schema.newBuilder();
        for (RowType.RowField field : plan.rowType().getFields()) {
            DataType type = TypeConversions.fromLogicalToDataType(field.getType());
            schema.column(field.getName(), keyColumns.contains(field.getName()) ? type.notNull() : type);
        }
        return TableDescriptor.forConnector(connector)
                .schema(schema.primaryKey(keyColumns).build());
    }

    private static TableDescriptor.Builder unkeyed(String connector, MirrorPlan plan) {
        TableDescriptor.Builder descriptor = TableDescriptor.forConnector(connector)
                .schema(Schema.newBuilder()
                        .fromRowDataType(TypeConversions.fromLogicalToDataType(plan.rowType()))
                        .build());
        addKey(descriptor, plan.settings());
        addOptions(descriptor, plan.settings());
        return descriptor;
    }

    private static void addKey(TableDescriptor.Builder descriptor, MirrorSettings settings) {
        descriptor.option(MirrorOptions.PARTITION_KEY, settings.partitionKey());
        addIfSet(descriptor, MirrorOptions.SORT_KEY, settings.sortKey());
    }

    private static void addOptions(TableDescriptor.Builder descriptor, MirrorSettings settings) {
        descriptor
                .option(MirrorOptions.TABLE_NAME, settings.tableName())
                .option(MirrorOptions.INIT_MODE, settings.initMode())
                .option(MirrorOptions.NAME, settings.name())
                .option(MirrorOptions.ON_BAD_ROW, settings.rows().onBadRow())
                .option(MirrorOptions.UNSTORABLE_NUMBERS, settings.rows().unstorableNumbers());
        addConnection(descriptor, settings.connection());
        if (settings.rows().schema() != null) {
            addTypes(descriptor, settings.rows().schema().columns());
        }
        if (settings.rows().badRows() != null) {
            descriptor.option(MirrorOptions.BAD_ROWS, settings.rows().badRows());
        }
        addWriting(descriptor, settings.write());
        addComparing(descriptor, settings.reconcile());
        addTable(descriptor, settings.table());
    }

    private static void addComparing(TableDescriptor.Builder descriptor, ReconcileSettings reconcile) {
        if (!reconcile.ignoreAttributes().isEmpty()) {
            descriptor.option(MirrorOptions.IGNORE_ATTRIBUTES, reconcile.ignoreAttributes());
        }
        if (reconcile.maxDeletes() != null) {
            descriptor.option(MirrorOptions.MAX_DELETES, reconcile.maxDeletes().toString());
        }
        addIfSet(descriptor, MirrorOptions.MAX_READ_UNITS_PER_SECOND, reconcile.maxReadUnitsPerSecond());
    }

    private static void addTable(TableDescriptor.Builder descriptor, TableSettings table) {
        CapacitySettings capacity = table.capacity();
        addIfSet(descriptor, MirrorOptions.BILLING_MODE, capacity.billingMode());
        addIfSet(descriptor, MirrorOptions.READ_CAPACITY, capacity.readCapacity());
        addIfSet(descriptor, MirrorOptions.WRITE_CAPACITY, capacity.writeCapacity());
        addIfSet(descriptor, MirrorOptions.WARM_READ_UNITS_PER_SECOND, capacity.warmReadUnitsPerSecond());
        addIfSet(descriptor, MirrorOptions.WARM_WRITE_UNITS_PER_SECOND, capacity.warmWriteUnitsPerSecond());
        addIfSet(descriptor, MirrorOptions.TABLE_CLASS, table.tableClass());
        addIfSet(descriptor, MirrorOptions.ENCRYPTION_KEY, table.encryptionKey());
        addIfSet(descriptor, MirrorOptions.TTL_ATTRIBUTE, table.ttlAttribute());
        addIfSet(descriptor, MirrorOptions.DELETION_PROTECTION, table.deletionProtection());
        addIfSet(descriptor, MirrorOptions.STREAM, table.stream());
        if (!table.tags().isEmpty()) {
            descriptor.option(MirrorOptions.TAGS, TableSettings.tagsText(table.tags()));
        }
        if (!table.globalIndexes().isEmpty()) {
            descriptor.option(MirrorOptions.GLOBAL_INDEXES, TableSettings.indexesText(table.globalIndexes()));
        }
        if (table.replaceProtected()) {
            descriptor.option(MirrorOptions.REPLACE_PROTECTED, true);
        }
    }

    private static void addWriting(TableDescriptor.Builder descriptor, WriteSettings write) {
        OrderSettings order = write.order();
        descriptor
                .option(MirrorOptions.GIVE_UP_AFTER, write.giveUpAfter())
                .option(MirrorOptions.WRITE_MODE, write.mode())
                .option(MirrorOptions.ORDERING, order.ordering())
                .option(MirrorOptions.TRANSPORT, write.transport());
        addIfSet(descriptor, MirrorOptions.MAX_WRITE_UNITS_PER_SECOND, write.maxWriteUnitsPerSecond());
        addIfSet(descriptor, MirrorOptions.MERGE_DELETES, write.mergeDeletes());
        addIfSet(descriptor, MirrorOptions.VERSION_COLUMN, order.versionColumn());
        addIfSet(descriptor, MirrorOptions.VERSIONED_DELETES, order.versionedDeletes());
        addIfSet(descriptor, MirrorOptions.TOMBSTONE_RETENTION, order.tombstoneRetention());
    }

    private static <T> void addIfSet(TableDescriptor.Builder descriptor, ConfigOption<T> option, @Nullable T value) {
        if (value != null) {
            descriptor.option(option, value);
        }
    }
}
