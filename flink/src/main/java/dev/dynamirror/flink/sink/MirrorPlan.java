package dev.dynamirror.flink.sink;

import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * A mirror as it travels to the tasks: its settings, the rows it is given, and the table it needs.
 *
 * @param settings what the mirror is made of
 * @param rowType the type of its rows
 * @param schema the live types of their columns
 * @param table what it needs of its DynamoDB table
 */
public record MirrorPlan(MirrorSettings settings, RowType rowType, Schema schema, TableSpec table)
        implements Serializable {

    /**
     * Checks the settings against the rows.
     *
     * @throws dev.dynamirror.error.MirrorException if a key is no column, a type can't be a key, or a column has a type
     *     that can't be written
     */
    public static MirrorPlan of(MirrorSettings settings, RowType rowType) {
        List<String> keyColumns = keyColumns(settings);
        Schema schema = LiveTypes.schema(
                settings.name(), rowType, keyColumns, settings.rows().schema());
        return new MirrorPlan(settings, rowType, schema, settings.tableSpec(schema));
    }

    /** The key's columns, the partition key first. */
    public static List<String> keyColumns(MirrorSettings settings) {
        return Stream.concat(Stream.of(settings.partitionKey()), Stream.ofNullable(settings.sortKey()))
                .toList();
    }

    RowEncoder<RowData> encoder() {
        return RowDataEncoder.of(settings, rowType, schema);
    }
}
