package dev.dynamirror.flink.sink;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * Makes the sink of a mirror's rows that have no key, and are set aside; found by Flink through SPI, and used by {@code
 * Live} only.
 *
 * <p>Such rows can't go to the mirror's own sink: its key columns are a primary key, and Flink lets no row pass that has
 * none.
 */
public final class AbsentKeysTableFactory extends LiveTableFactory {

    /** The connector's identifier. */
    public static final String CONNECTOR = "dynamirror-absent-keys";

    /** Called by Flink. */
    public AbsentKeysTableFactory() {
        super(CONNECTOR);
    }

    @Override
    DynamicTableSink sink(MirrorPlan plan, Context context, ReadableConfig options) {
        return new AbsentKeysSink(plan, context.getObjectIdentifier().asSummaryString());
    }
}
