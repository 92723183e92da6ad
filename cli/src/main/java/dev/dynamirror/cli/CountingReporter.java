package dev.dynamirror.cli;

import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * A reporter of Flink's metrics that hands them to the {@link Counts} of the command in this JVM; public only for
 * Flink, which makes it.
 */
public final class CountingReporter implements MetricReporterFactory {

    private static final String NAME = "counts";
    private static final String RUN = "run";

    /** The counts of the jobs that run in this JVM; Flink makes the reporter, from its configuration's texts. */
    private static final Map<String, Counts> RUNS = new ConcurrentHashMap<>();

    /** Has a job with that configuration counted. */
    static void addTo(Configuration configuration, Counts counts) {
        String run = UUID.randomUUID().toString();
        RUNS.put(run, counts);
        configuration.set(MetricOptions.REPORTERS_LIST, NAME);
        configuration.setString("metrics.reporter." + NAME + ".factory.class", CountingReporter.class.getName());
        configuration.setString("metrics.reporter." + NAME + "." + RUN, run);
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        Counts counts = RUNS.getOrDefault(properties.getProperty(RUN), new Counts());
        return new MetricReporter() {
            @Override
            public void open(MetricConfig config) {}

            @Override
            public void close() {}

            @Override
            public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
                Map<String, String> variables = group.getAllVariables();
                String mirror = variables.getOrDefault("<mirror>", "");
                String reason = variables.get("<throttledBy>");
                if (reason == null) {
                    counts.added(metric, name, mirror);
                } else {
                    counts.addedThrottledBy(metric, reason, mirror);
                }
            }

            @Override
            public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
                counts.removed(metric);
            }
        };
    }
}
