package dev.dynamirror.flink.sink;

import dev.dynamirror.mirror.MirrorSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the sink of a mirror's rows that have no key, and are set aside; found by Flink through SPI, and used by {@code
 * Live} only.
 *
 * <p>Such rows can't go to the mirror's own sink: its key columns are a primary key, and Flink lets no row pass that has
 * none.
 */
public final class AbsentKeysTableFactory implements DynamicTableSinkFactory {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror-absent-keys";

    private final MirrorTableFactory mirrors = new MirrorTableFactory();

    @Override
    public String factoryIdentifier() {
        return CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(mirrors.requiredOptions());
        options.add(MirrorOptions.PARTITION_KEY);
        return options;
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(mirrors.optionalOptions());
        options.remove(MirrorOptions.PARTITION_KEY);
        return options;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validateExcept(MirrorOptions.COLUMN_PREFIX);
        ReadableConfig options = helper.getOptions();
        List<String> key = Stream.concat(
                        Stream.of(options.get(MirrorOptions.PARTITION_KEY)),
                        options.getOptional(MirrorOptions.SORT_KEY).stream())
                .toList();
        MirrorSettings settings =
                MirrorTableFactory.settings(context, options, key).build();
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        return new AbsentKeysSink(
                MirrorPlan.of(settings, rowType), context.getObjectIdentifier().asSummaryString());
    }
}
