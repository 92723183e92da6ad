package dev.dynamirror.flink.sink;

import dev.dynamirror.flink.type.JsonRows;
import dev.dynamirror.item.BadRowException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Bad rows that go to files of JSON Lines, one line a row: why it is bad, and the row itself in the forms that JSON Lines
 * are read in.
 *
 * <p>A file is begun with the first bad row and complete with the next checkpoint, or at the end; so is what a checkpoint
 * covers. A job that begins again from a checkpoint sets the rows behind it aside once more, in other files.
 */
final class SetAsideRows implements BadRows {

    private final String mirror;
    private final JsonRows puts;
    private final JsonRows deletes;
    private final BadRowFolder folder;
    private final String writer;
    private final ProcessingTimeService clock;
    private @Nullable BadRowFile file;
    private long count;

    private SetAsideRows(MirrorPlan plan, BadRowFolder folder, WriterInitContext context) {
        this.mirror = plan.settings().name();
        this.puts = JsonRows.of(plan.rowType(), plan.schema(), plan.schema().names());
        // A row that goes may have nothing but its key.
        this.deletes = JsonRows.of(plan.rowType(), plan.schema(), MirrorPlan.keyColumns(plan.settings()));
        this.folder = folder;
        TaskInfo task = context.getTaskInfo();
        this.writer = task.getIndexOfThisSubtask() + "-" + task.getAttemptNumber();
        this.clock = context.getProcessingTimeService();
    }

    /** The bad rows of one writer, one attempt. */
    static SetAsideRows open(MirrorPlan plan, WriterInitContext context) {
        return new SetAsideRows(plan, BadRowFolder.open(plan.settings()), context);
    }

    @Override
    public void take(RowData row, BadRowException reason) {
        BadRowFile open = file;
        if (open == null) {
            open = folder.newFile(writer);
            file = open;
        }
        open.add(line(row, reason));
        count++;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public void complete() {
        BadRowFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        complete();
    }

    private String line(RowData row, BadRowException reason) {
        boolean delete = row.getRowKind() == RowKind.DELETE;
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonRows.generator(line)) {
            json.writeStartObject();
            json.writeStringField("table", reason.table());
            json.writeStringField("mirror", mirror);
            json.writeStringField("change", delete ? "delete" : "put");
            json.writeStringField("key", reason.key());
            json.writeStringField("column", reason.column());
            json.writeStringField("reason", reason.reason());
            json.writeStringField(
                    "time",
                    Instant.ofEpochMilli(clock.getCurrentProcessingTime()).toString());
            json.writeFieldName("row");
            (delete ? deletes : puts).write(row, json);
            json.writeEndObject();
        } catch (IOException e) {
            // Nothing but memory is written to here.
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
