package dev.dynamirror.flink.sink;

import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.item.ChangeForm;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.value.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
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
     * @throws dev.dynamirror.error.MirrorException if a key is no column, a type can't be a key, a column has a type that
     *     can't be written, or the settings ask for a version or a merge that the columns can't give
     */
    public static MirrorPlan of(MirrorSettings settings, RowType rowType) {
        Schema schema = LiveTypes.schema(
                settings.name(),
                rowType,
                columnsOfEveryRow(settings, rowType),
                settings.rows().schema());
        return new MirrorPlan(settings, rowType, schema, settings.tableSpec(schema));
    }

    /**
     * The columns whose absence is a bad row, also if Flink's type is nullable: the key's, and the version's if its type is a
     * RAW one, which is always nullable.
     */
    private static List<String> columnsOfEveryRow(MirrorSettings settings, RowType rowType) {
        Stream<String> version = Stream.ofNullable(settings.write().order().versionColumn())
                .filter(name -> rowType.getFieldNames().contains(name))
                .filter(name -> rowType.getTypeAt(rowType.getFieldIndex(name)).is(LogicalTypeRoot.RAW));
        return Stream.concat(settings.keyColumns().stream(), version).toList();
    }

    /**
     * The encoder of one writer.
     *
     * @param form which requests its changes are
     */
    RowEncoder<RowData> encoder(ChangeForm form) {
        return RowDataEncoder.of(settings, rowType, schema, form);
    }

    /** An encoder of keys, and of items as they are compared. */
    RowEncoder<RowData> itemEncoder() {
        return encoder(ChangeForm.batch());
    }
}
