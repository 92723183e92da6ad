package dev.dynamirror.cli;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** A connector that needs a jar which isn't there, as Flink's Parquet needs Hadoop's. */
public final class LackingFactory implements DynamicTableSourceFactory {

    /** Called by Flink. */
    public LackingFactory() {}

    @Override
    public String factoryIdentifier() {
        return "lacking";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        throw new NoClassDefFoundError("org/example/Configuration");
    }
}
