package dev.dynamirror.flink.sink;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the sink of a live table that is compared with its DynamoDB table, and of those of its rows that have no key; found
 * by Flink through SPI, and used by {@code Live} only, which takes the result.
 */
public final class VerifyTableFactory implements DynamicTableSinkFactory {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror-verify";

    /** Where the differences go. */
    public static final ConfigOption<String> OUTPUT = ConfigOptions.key("output")
            .stringType()
            .noDefaultValue()
            .withDescription("The file of all differences, a path of one of Flink's file systems.");

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
        options.add(OUTPUT);
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
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        MirrorPlan plan =
                MirrorPlan.of(MirrorTableFactory.settings(context, options, key).build(), rowType);
        boolean keyed =
                context.getCatalogTable().getResolvedSchema().getPrimaryKey().isPresent();
        return keyed ? new VerifySink(plan, options.getOptional(OUTPUT).orElse(null)) : new UnverifiedSink();
    }
}
