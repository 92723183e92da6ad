package dev.dynamirror.flink.input;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.types.Row;

/** Counts the rows that an input has read, as the metric {@value #METRIC} of its operator. */
final class RowCounter extends RichMapFunction<Row, Row> {

    static final String METRIC = "rowsRead";

    private static final long serialVersionUID = 1L;

    private transient Counter rows = new SimpleCounter();

    @Override
    public void open(OpenContext context) {
        rows = getRuntimeContext().getMetricGroup().counter(METRIC);
    }

    @Override
    public Row map(Row row) {
        rows.inc();
        return row;
    }
}
