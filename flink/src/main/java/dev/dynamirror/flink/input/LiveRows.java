package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.Schema;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * A live table that is held in memory: its columns, and the changes that make its rows.
 *
 * @param schema the columns
 * @param changes the changes in their order: positional rows of the kind INSERT or DELETE with a value for each column,
 *     of the class that stands for the column's type, or null
 */
public record LiveRows(Schema schema, List<Row> changes) {

    /** Takes a copy of the list of changes. */
    public LiveRows {
        changes = List.copyOf(changes);
    }

    /** Whether no row is ever deleted. */
    public boolean insertOnly() {
        return changes.stream().allMatch(change -> change.getKind() == RowKind.INSERT);
    }

    /** The changes as a bounded stream of one task, which keeps their order. */
    public DataStream<Row> toStream(StreamExecutionEnvironment env) {
        if (changes.isEmpty()) {
            return empty(env);
        }
        FlinkRows converter = FlinkRows.of(schema);
        List<Row> rows = changes.stream().map(change -> row(converter, change)).toList();
        return env.fromData(rows, FlinkRows.type(schema)).setParallelism(1);
    }

    private Row row(FlinkRows converter, Row change) {
        Row row = new Row(change.getKind(), change.getArity());
        for (int i = 0; i < change.getArity(); i++) {
            try {
                row.setField(i, converter.value(i, change.getField(i)));
            } catch (IllegalValueException e) {
                throw new MirrorException(
                        "column \"" + schema.columns().get(i).name() + "\" of the row " + change + ": "
                                + e.getMessage(),
                        e);
            }
        }
        return row;
    }

    /** Uses the deprecated source, since Flink 2.3's {@code fromData} refuses to have no data. */
    @SuppressWarnings("deprecation")
    private DataStream<Row> empty(StreamExecutionEnvironment env) {
        return env.fromCollection(List.of(), FlinkRows.type(schema));
    }
}
