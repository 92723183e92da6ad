package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.type.FlinkRows;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

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

    /**
     * The values of a row as they are compared: by their contents, also of Java's own arrays, of which no two in a list or
     * a tuple are equal.
     */
    public static List<@Nullable Object> content(Row row) {
        return IntStream.range(0, row.getArity())
                .mapToObj(i -> content(row.getField(i)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The changes as a bounded stream of one task, which keeps their order. */
    public DataStream<Row> toStream(StreamExecutionEnvironment env) {
        FlinkRows converter = FlinkRows.of(schema);
        return stream(
                env, changes.stream().map(change -> row(converter, change)).toList(), schema);
    }

    /** Rows whose values are those of Flink's runtime, as a bounded stream of one task. */
    static DataStream<Row> stream(StreamExecutionEnvironment env, List<Row> rows, Schema schema) {
        return rows.isEmpty()
                ? empty(env, schema)
                : env.fromData(rows, FlinkRows.type(schema)).setParallelism(1);
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

    private static @Nullable Object content(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Tuple tuple) {
            return content(tuple.toList());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(LiveRows::content).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new HashMap<>();
            map.forEach((name, each) -> entries.put(name, content(each)));
            return entries;
        }
        return value;
    }

    /** Uses the deprecated source, since Flink 2.3's {@code fromData} refuses to have no data. */
    @SuppressWarnings("deprecation")
    private static DataStream<Row> empty(StreamExecutionEnvironment env, Schema schema) {
        return env.fromCollection(List.of(), FlinkRows.type(schema));
    }
}
