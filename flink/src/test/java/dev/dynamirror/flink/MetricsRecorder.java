package dev.dynamirror.flink;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Writes down which metrics there are, by the mirror that they are of; public for Flink, which makes it. */
public final class MetricsRecorder implements MetricReporterFactory {

    private static final Map<String, Set<String>> METRICS = new ConcurrentHashMap<>();

    /** Has a Flink with that configuration recorded. */
    static void addTo(Configuration configuration) {
        configuration.set(MetricOptions.REPORTERS_LIST, "recorder");
        configuration.setString("metrics.reporter.recorder.factory.class", MetricsRecorder.class.getName());
    }

    /** The names of a mirror's metrics so far, and of those of no mirror if the name is empty. */
    static Set<String> of(String mirror) {
        return METRICS.getOrDefault(mirror, Set.of());
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
                METRICS.computeIfAbsent(
                                group.getAllVariables().getOrDefault("<mirror>", ""),
                                mirror -> new ConcurrentSkipListSet<>())
                        .add(name);
            }

            @Override
            public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
        };
    }
}
