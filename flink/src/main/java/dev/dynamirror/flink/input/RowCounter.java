package dev.dynamirror.flink.input;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.types.Row;

/** Counts the rows that an input has read, as the metric {@link FileInput#ROWS_READ} of its operator. */
final class RowCounter extends RichMapFunction<Row, Row> implements ResultTypeQueryable<Row> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<Row> type;
    private transient Counter rows = new SimpleCounter();

    RowCounter(TypeInformation<Row> type) {
        this.type = type;
    }

    @Override
    public void open(OpenContext context) {
        rows = getRuntimeContext().getMetricGroup().counter(FileInput.ROWS_READ);
    }

    @Override
    public Row map(Row row) {
        rows.inc();
        return row;
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return type;
    }
}
