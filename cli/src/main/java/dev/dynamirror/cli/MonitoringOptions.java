package dev.dynamirror.cli;

import dev.dynamirror.table.TableSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options by which a running job can be watched from outside. */
final class MonitoringOptions {

    private static final String DASHBOARD = "--dashboard";
    private static final String PROMETHEUS = "prometheus";

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            converter = Ports.class,
            order = 62,
            description = "Serve Flink's and the mirrors' metrics there for Prometheus.")
    private @Nullable Integer metricsPort;

    @Option(
            names = DASHBOARD,
            paramLabel = "PORT",
            arity = "0..1",
            converter = Ports.class,
            order = 63,
            description = "Show what the mirrors do as a page, on this machine only.")
    private @Nullable Integer dashboardPort;

    /** Gives {@code --dashboard} its port where it stands alone, so that the word after it is never taken for one. */
    static String[] withDefaultPort(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.equals(DASHBOARD) ? DASHBOARD + "=0" : argument)
                .toArray(String[]::new);
    }

    /** Has a job count, and serve its metrics if that is wanted. */
    void addTo(Configuration configuration, Counts counts) {
        CountingReporter.addTo(configuration, counts);
        if (metricsPort != null) {
            String reporters = configuration.get(MetricOptions.REPORTERS_LIST);
            configuration.set(MetricOptions.REPORTERS_LIST, reporters + "," + PROMETHEUS);
            String prefix = "metrics.reporter." + PROMETHEUS;
            configuration.setString(prefix + ".factory.class", PrometheusReporterFactory.class.getName());
            configuration.setString(prefix + ".port", metricsPort.toString());
        }
    }

    /** Whether any of them is given. */
    boolean isGiven() {
        return metricsPort != null || dashboardPort != null;
    }

    boolean hasDashboard() {
        return dashboardPort != null;
    }

    /**
     * Runs a job to its end, and tells of it meanwhile: in the terminal, and on the dashboard if it is wanted.
     *
     * @param tables the tables of mirrors whose tables are known, by the mirrors' names
     * @param badRows lines of JSON of the rows that were set aside last
     */
    void run(
            MirrorJob job,
            Console console,
            Counts counts,
            Supplier<Map<String, TableSummary>> tables,
            Supplier<List<String>> badRows)
            throws InterruptedException {
        if (dashboardPort == null) {
            Progress.run(job, console, counts);
            return;
        }
        try (Dashboard dashboard = Dashboard.open(dashboardPort, new DashboardState(counts, tables, badRows))) {
            console.say("the dashboard is at " + dashboard.address());
            Progress.run(job, console, counts);
        }
    }

    static final class Ports implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected a port, but was '" + text + "'");
            }
            throw new TypeConversionException("expected a port, from 0 to 65535, but was " + text);
        }
    }
}
