package dev.dynamirror.flink.input;

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
 * @param changes the changes in their order: positional rows of the kind INSERT or DELETE with Java's own values, one for
 *     each column ({@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@code byte[]}, {@code LocalDateTime},
 *     {@code Instant}, or null)
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
        return env.fromData(changes, RowTypes.of(schema)).setParallelism(1);
    }

    /** Uses the deprecated source, since Flink 2.3's {@code fromData} refuses to have no data. */
    @SuppressWarnings("deprecation")
    private DataStream<Row> empty(StreamExecutionEnvironment env) {
        return env.fromCollection(changes, RowTypes.of(schema));
    }
}
