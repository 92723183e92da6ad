package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.sink.MirrorPlan;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A table that is all of a live table at some moment, as a stream of rows. */
final class Snapshot {

    private Snapshot() {}

    /**
     * The rows of a snapshot.
     *
     * @param plan the mirror whose changes follow it
     * @throws MirrorException if it has other columns than the changes, or its rows may go
     */
    static DataStream<RowData> of(StreamTableEnvironment tables, Table snapshot, MirrorPlan plan) {
        DataType type = snapshot.getResolvedSchema().toPhysicalRowDataType();
        String columns = columns((RowType) type.getLogicalType());
        if (!columns.equals(columns(plan.rowType()))) {
            throw new MirrorException("mirror " + plan.settings().name()
                    + ": the snapshot and the changes that follow it must have the same columns; the snapshot has "
                    + columns
                    + ", the changes have " + columns(plan.rowType()));
        }
        try {
            return tables.toDataStream(snapshot, type.bridgedTo(RowData.class));
        } catch (TableException e) {
            throw new MirrorException(
                    "mirror " + plan.settings().name() + ": rows of a snapshot only come, but this one's may go: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Names and types, whether values may be absent or not. */
    private static String columns(RowType type) {
        List<LogicalType> types = type.getChildren();
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < types.size(); column++) {
            text.append(column == 0 ? "" : ", ")
                    .append(type.getFieldNames().get(column))
                    .append(' ')
                    .append(types.get(column).copy(true).asSummaryString());
        }
        return text.toString();
    }
}
