package dev.dynamirror.flink.sink;

import dev.dynamirror.flink.type.JsonRows;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.mirror.MirrorSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private final MirrorSettings settings;
    private final JsonRows puts;
    private final JsonRows deletes;
    private final BadRowFolder folder;
    private final String writer;
    private final ProcessingTimeService clock;
    private @Nullable BadRowFile file;
    private long count;

    private SetAsideRows(MirrorPlan plan, BadRowFolder folder, WriterInitContext context) {
        this.settings = plan.settings();
        this.puts = JsonRows.of(plan.rowType(), plan.schema(), plan.schema().names());
        // A row that goes may have nothing but its key.
        this.deletes =
                JsonRows.of(plan.rowType(), plan.schema(), plan.settings().keyColumns());
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
        add(line(row, reason));
    }

    @Override
    public void takeRefused(Change change, String reason) {
        add(line(change, reason));
    }

    private void add(String line) {
        BadRowFile open = file;
        if (open == null) {
            open = folder.newFile(writer);
            file = open;
        }
        open.add(line);
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
        return line(json -> {
            writeReason(json, delete, reason.key(), reason.column(), reason.reason());
            json.writeFieldName("row");
            (delete ? deletes : puts).write(row, json);
        });
    }

    /** The row itself is gone when DynamoDB answers; what is left of it is the request. */
    private String line(Change change, String reason) {
        return line(json -> {
            writeReason(json, change instanceof Change.Delete, describe(change.key()), null, reason);
            json.writeNullField("row");
            json.writeFieldName("request");
            json.writeRawValue(new String(change.wire(), StandardCharsets.UTF_8));
        });
    }

    private String describe(Key key) {
        String text = "{" + settings.partitionKey() + "=" + key.partition();
        return (key.sort() == null ? text : text + ", " + settings.sortKey() + "=" + key.sort()) + "}";
    }

    private void writeReason(
            JsonGenerator json, boolean delete, @Nullable String key, @Nullable String column, String reason)
            throws IOException {
        json.writeStringField("table", settings.tableName());
        json.writeStringField("mirror", settings.name());
        json.writeStringField("change", delete ? "delete" : "put");
        json.writeStringField("key", key);
        json.writeStringField("column", column);
        json.writeStringField("reason", reason);
        json.writeStringField(
                "time", Instant.ofEpochMilli(clock.getCurrentProcessingTime()).toString());
    }

    /** Writes the fields of a line. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String line(Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonRows.generator(line)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            // Nothing but memory is written to here.
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
