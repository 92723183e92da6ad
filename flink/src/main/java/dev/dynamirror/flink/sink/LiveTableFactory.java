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
 * Makes sinks that only {@code Live} declares: with the options of a mirror, and the key as an option, as the rows of such a sink
 * need have none.
 */
abstract class LiveTableFactory implements DynamicTableSinkFactory {

    private final MirrorTableFactory mirrors = new MirrorTableFactory();
    private final String identifier;
    private final Set<ConfigOption<?>> ownOptions;

    /**
     * A factory.
     *
     * @param identifier the connector's
     * @param ownOptions what it takes beside the options of a mirror
     */
    LiveTableFactory(String identifier, ConfigOption<?>... ownOptions) {
        this.identifier = identifier;
        this.ownOptions = Set.of(ownOptions);
    }

    /** The sink of a table of that mirror. */
    abstract DynamicTableSink sink(MirrorPlan plan, Context context, ReadableConfig options);

    @Override
    public final String factoryIdentifier() {
        return identifier;
    }

    @Override
    public final Set<ConfigOption<?>> requiredOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(mirrors.requiredOptions());
        options.add(MirrorOptions.PARTITION_KEY);
        return options;
    }

    @Override
    public final Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(mirrors.optionalOptions());
        options.remove(MirrorOptions.PARTITION_KEY);
        options.addAll(ownOptions);
        return options;
    }

    @Override
    public final DynamicTableSink createDynamicTableSink(Context context) {
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
        return sink(MirrorPlan.of(settings, rowType), context, options);
    }
}
