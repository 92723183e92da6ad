package dev.dynamirror.flink.sink;

import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterStatistics;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of one writer: those that all of Flink's sinks have, and in a group of the mirror's name those of a mirror. {@code
 * docs/monitoring.md} says what they are.
 */
final class MirrorMetrics {

    /** The group whose value is the mirror's name. */
    static final String GROUP = "mirror";

    /** So many of the last requests are in the histogram. */
    private static final int REQUESTS_OF_HISTOGRAM = 1_000;

    private final MetricGroup own;
    private final Counter recordsSent;
    private final Counter bytesSent;
    private final Counter errors;
    private final Histogram requestMillis;
    private volatile long lastMillis;

    /**
     * The metrics of a writer, which are still to be registered.
     *
     * @param group the writer's
     * @param mirror the mirror's name
     */
    MirrorMetrics(SinkWriterMetricGroup group, String mirror) {
        own = group.addGroup(GROUP, mirror);
        recordsSent = group.getNumRecordsSendCounter();
        bytesSent = group.getNumBytesSendCounter();
        errors = group.getNumRecordsSendErrorsCounter();
        group.setCurrentSendTimeGauge(() -> lastMillis);
        requestMillis = own.histogram("requestMillis", new DescriptiveStatisticsHistogram(REQUESTS_OF_HISTOGRAM));
    }

    void register(MirrorWriter writer, BadRows badRows) {
        WriterStatistics statistics = writer.statistics();
        own.gauge("itemsPut", (Gauge<Long>) statistics::put);
        own.gauge("itemsDeleted", (Gauge<Long>) statistics::deleted);
        own.gauge("changesMerged", (Gauge<Long>) statistics::merged);
        own.gauge("changesUnprocessed", (Gauge<Long>) statistics::unprocessed);
        own.gauge("changesOvertaken", (Gauge<Long>) statistics::overtaken);
        own.gauge("rowsSetAside", (Gauge<Long>) badRows::count);
        own.gauge("requests", (Gauge<Long>) statistics::requests);
        own.gauge("requestsThrottled", (Gauge<Long>) statistics::throttled);
        own.gauge("requestsUnknown", (Gauge<Long>) statistics::unknown);
        own.gauge("requestsNotSent", (Gauge<Long>) statistics::notSent);
        own.gauge("writeUnits", (Gauge<Double>) statistics::writeUnits);
        own.gauge("pendingChanges", (Gauge<Integer>) writer::pendingChanges);
        own.gauge("pendingBytes", (Gauge<Long>) writer::pendingBytes);
        own.gauge("oldestPendingMillis", (Gauge<Long>) writer::oldestPendingMillis);
        own.gauge("requestsInFlight", (Gauge<Integer>) writer::requestsInFlight);
        own.gauge("requestsInFlightLimit", (Gauge<Integer>) writer::requestsInFlightLimit);
    }

    /** A request has its reply; once for a whole batch, so it costs next to nothing. */
    void replied(long nanos, WriterStatistics statistics) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        lastMillis = millis;
        requestMillis.update(millis);
        recordsSent.inc(statistics.put() + statistics.deleted() - recordsSent.getCount());
        bytesSent.inc(statistics.bytesSent() - bytesSent.getCount());
    }

    /** A change that DynamoDB will never take. */
    void addError() {
        errors.inc();
    }

    /** A reason of throttling that is new. */
    void addThrottledBy(String reason, WriterStatistics statistics) {
        own.addGroup("throttledBy", reason).gauge("requestsThrottled", (Gauge<Long>)
                () -> statistics.throttledBy().getOrDefault(reason, 0L));
    }
}
