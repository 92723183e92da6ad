package dev.dynamirror.flink;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** How many requests of the mirrors of this JVM had no reply, by their metrics; public only for Flink, which makes it. */
public final class LostReplies implements MetricReporterFactory {

    private static final Map<Metric, Gauge<?>> GAUGES = new ConcurrentHashMap<>();

    /** Has a job with that configuration counted, too. */
    static void addTo(Configuration configuration) {
        configuration.set(MetricOptions.REPORTERS_LIST, "lost");
        configuration.setString("metrics.reporter.lost.factory.class", LostReplies.class.getName());
    }

    /** How many there were, of the tasks that run. */
    static long count() {
        return GAUGES.values().stream()
                .mapToLong(gauge -> ((Number) gauge.getValue()).longValue())
                .sum();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new MetricReporter() {
            @Override
            public void open(MetricConfig config) {}

            @Override
            public void close() {}

            @Override
            public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
                if (name.equals("requestsUnknown") || name.equals("requestsNotSent")) {
                    GAUGES.put(metric, (Gauge<?>) metric);
                }
            }

            @Override
            public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
                GAUGES.remove(metric);
            }
        };
    }
}
