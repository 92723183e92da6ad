package dev.dynamirror.flink.sink;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;

/**
 * Makes the sink of a mirror whose table is reconciled with a snapshot of the live table, and then takes the changes that
 * follow; found by Flink through SPI, and used by {@code Live} only.
 */
public final class FollowingTableFactory implements DynamicTableSinkFactory {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror-following";

    /** Which snapshot it is: options are texts, and a stream is none. */
    public static final ConfigOption<String> SNAPSHOT =
            ConfigOptions.key("snapshot").stringType().noDefaultValue().withDescription("The id of the snapshot.");

    private static final Map<String, DataStream<RowData>> SNAPSHOTS = new ConcurrentHashMap<>();

    private final MirrorTableFactory mirrors = new MirrorTableFactory();

    /** Keeps a snapshot until it is forgotten, and gives its id. */
    public static String keep(DataStream<RowData> snapshot) {
        String id = UUID.randomUUID().toString();
        SNAPSHOTS.put(id, snapshot);
        return id;
    }

    /** Forgets a snapshot, if there is one of that id. */
    public static void forget(String id) {
        SNAPSHOTS.remove(id);
    }

    @Override
    public String factoryIdentifier() {
        return CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(mirrors.requiredOptions());
        options.add(SNAPSHOT);
        return options;
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return mirrors.optionalOptions();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        String id = context.getCatalogTable().getOptions().get(SNAPSHOT.key());
        DataStream<RowData> snapshot = id == null ? null : SNAPSHOTS.get(id);
        if (snapshot == null) {
            throw new ValidationException("the connector " + CONNECTOR + " is Live's own, and not for SQL");
        }
        return mirrors.sink(this, context, snapshot);
    }
}
