package dev.dynamirror.cli;

import dev.dynamirror.cli.Counts.Count;
import dev.dynamirror.table.TableSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/** What the dashboard's page is told each second, as JSON. */
final class DashboardState {

    /** The measures of a mirror that are what they are now, and are not counted. */
    private static final List<String> MEASURES = List.of(
            "pendingChanges", "pendingBytes", "oldestPendingMillis", "requestsInFlight", "requestsInFlightLimit");

    private static final JsonFactory JSON = new JsonFactory();

    private final Counts counts;
    private final Supplier<Map<String, TableSummary>> tables;
    private final Supplier<List<String>> badRows;
    private final long start = System.currentTimeMillis();

    /**
     * The state of a job.
     *
     * @param tables the tables of mirrors whose tables are known, by the mirrors' names
     * @param badRows lines of JSON of the rows that were set aside last
     */
    DashboardState(Counts counts, Supplier<Map<String, TableSummary>> tables, Supplier<List<String>> badRows) {
        this.counts = counts;
        this.tables = tables;
        this.badRows = badRows;
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("started", start);
            json.writeNumberField("now", System.currentTimeMillis());
            json.writeNumberField("dollarsPerMillionWriteUnits", Progress.DOLLARS_PER_MILLION);
            json.writeNumberField("rowsRead", counts.all(Count.ROWS_READ));
            json.writeArrayFieldStart("mirrors");
            Map<String, TableSummary> described = tables.get();
            for (String mirror : counts.mirrors()) {
                writeMirror(mirror, described.get(mirror), json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("badRows");
            for (String row : badRows.get()) {
                json.writeRawValue(row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            // Nothing but memory is written to here.
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeMirror(String mirror, @Nullable TableSummary table, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", mirror);
        for (Count count : Count.values()) {
            if (count != Count.ROWS_READ) {
                json.writeNumberField(count.metric(), counts.of(mirror, count));
            }
        }
        for (String measure : MEASURES) {
            json.writeNumberField(measure, counts.measure(mirror, measure));
        }
        json.writeObjectFieldStart("throttledBy");
        for (Map.Entry<String, Long> reason : counts.throttledBy(mirror).entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("requestMillis");
        json.writeNumberField("p50", counts.latency(mirror, 0.5));
        json.writeNumberField("p99", counts.latency(mirror, 0.99));
        json.writeEndObject();
        if (table != null) {
            json.writeObjectFieldStart("table");
            json.writeStringField("name", table.name());
            json.writeStringField("status", table.status());
            json.writeNumberField("items", table.items());
            json.writeNumberField("bytes", table.bytes());
            json.writeStringField("billing", table.billingMode().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
