package dev.dynamirror.benchmarks.flink;

import dev.dynamirror.benchmarks.worker.RowSize;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code benchmark-rows}: the benchmark's rows as a table in SQL. */
public final class RowsTableFactory implements DynamicTableSourceFactory {

    /** Its name in SQL. */
    static final String IDENTIFIER = "benchmark-rows";

    private static final ConfigOption<String> ROWS = ConfigOptions.key("rows")
            .stringType()
            .noDefaultValue()
            .withDescription("'small' and 'large' rows are inserted, 'skewed' ones change.");

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ROWS);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        String rows = helper.getOptions().get(ROWS);
        return rows.equals("skewed")
                ? new RowsTableSource(new SkewedRows(), ChangelogMode.all())
                : new RowsTableSource(new PlainRows(RowSize.of(rows)), ChangelogMode.insertOnly());
    }

    /** The table. */
    private record RowsTableSource(RowScript script, ChangelogMode mode) implements ScanTableSource {

        @Override
        public ChangelogMode getChangelogMode() {
            return mode;
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return SourceProvider.of(new RowsSource(script), 1);
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return IDENTIFIER;
        }
    }
}
