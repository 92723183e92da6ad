package dev.dynamirror.flink.sink;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * Makes the sink of a live table that is compared with its DynamoDB table, and of those of its rows that have no key; found
 * by Flink through SPI, and used by {@code Live} only, which takes the result.
 */
public final class VerifyTableFactory extends LiveTableFactory {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror-verify";

    /** Where the differences go. */
    public static final ConfigOption<String> OUTPUT = ConfigOptions.key("output")
            .stringType()
            .noDefaultValue()
            .withDescription("The file of all differences, a path of one of Flink's file systems.");

    /** Called by Flink. */
    public VerifyTableFactory() {
        super(CONNECTOR, OUTPUT);
    }

    @Override
    DynamicTableSink sink(MirrorPlan plan, Context context, ReadableConfig options) {
        boolean keyed =
                context.getCatalogTable().getResolvedSchema().getPrimaryKey().isPresent();
        return keyed ? new VerifySink(plan, options.getOptional(OUTPUT).orElse(null)) : new UnverifiedSink();
    }
}
