package dev.dynamirror.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;

/** What a job has done, added up over its tasks, those that have ended too. */
final class Counts {

    private static final String THROTTLED_BY = "throttledBy.";

    /** What is counted. */
    enum Count {
        /** Rows that came out of the input, of all mirrors together. */
        ROWS_READ("rowsRead"),
        /** Items that were not written, as they were what they are to be. */
        ITEMS_EQUAL("itemsEqual"),
        /** Items that were put. */
        ITEMS_PUT("itemsPut"),
        /** Items that were deleted. */
        ITEMS_DELETED("itemsDeleted"),
        /** Changes that were never written, as a newer one of their key replaced them. */
        CHANGES_MERGED("changesMerged"),
        /** Rows that can't become items, and were set aside. */
        ROWS_SET_ASIDE("rowsSetAside"),
        /** Requests that were sent. */
        REQUESTS("requests"),
        /** Requests that were throttled as a whole. */
        REQUESTS_THROTTLED("requestsThrottled"),
        /** Write units that were consumed, as far as DynamoDB said so. */
        WRITE_UNITS("writeUnits");

        private static final Map<String, Count> BY_METRIC =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Count::metric, Function.identity()));

        private final String metric;

        Count(String metric) {
            this.metric = metric;
        }

        /** Its name in metrics and summaries. */
        String metric() {
            return metric;
        }
    }

    /**
     * What a metric is part of.
     *
     * @param mirror the mirror's name; empty if it is of no single mirror
     */
    private record Place(String mirror, Count count) {}

    private final Map<Metric, Place> running = new ConcurrentHashMap<>();
    private final Map<Place, DoubleAdder> ended = new ConcurrentHashMap<>();

    /**
     * What else is known of a mirror.
     *
     * @param mirror its name
     * @param name the metric's
     */
    private record Measure(String mirror, String name) {}

    private final Map<Metric, Measure> measures = new ConcurrentHashMap<>();

    /** Takes a metric of that mirror, or of none. */
    void added(Metric metric, String name, String mirror) {
        Count count = Count.BY_METRIC.get(name);
        if (count != null) {
            running.put(metric, new Place(mirror, count));
        } else if (!mirror.isEmpty()) {
            measures.put(metric, new Measure(mirror, name));
        }
    }

    /** Takes the metric of how many requests of that mirror were throttled for that reason. */
    void addedThrottledBy(Metric metric, String reason, String mirror) {
        measures.put(metric, new Measure(mirror, THROTTLED_BY + reason));
    }

    void removed(Metric metric) {
        measures.remove(metric);
        Place place = running.remove(metric);
        if (place != null) {
            ended.computeIfAbsent(place, unseen -> new DoubleAdder()).add(value(metric));
        }
    }

    /** The names of the mirrors that have counted something. */
    List<String> mirrors() {
        Set<String> names = new TreeSet<>();
        Stream.concat(running.values().stream(), ended.keySet().stream())
                .map(Place::mirror)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** Whether there is such a count. */
    boolean has(Count count) {
        return Stream.concat(running.values().stream(), ended.keySet().stream())
                .anyMatch(place -> place.count() == count);
    }

    /** A count of all mirrors together. */
    long all(Count count) {
        return Math.round(ended.entrySet().stream()
                        .filter(entry -> entry.getKey().count() == count)
                        .mapToDouble(entry -> entry.getValue().sum())
                        .sum()
                + running.entrySet().stream()
                        .filter(entry -> entry.getValue().count() == count)
                        .mapToDouble(entry -> value(entry.getKey()))
                        .sum());
    }

    /** A count of one mirror. */
    long of(String mirror, Count count) {
        Place place = new Place(mirror, count);
        DoubleAdder before = ended.get(place);
        return Math.round((before == null ? 0 : before.sum())
                + running.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(place))
                        .mapToDouble(entry -> value(entry.getKey()))
                        .sum());
    }

    /** A measure of a mirror as it is now, of all its writers together. */
    double measure(String mirror, String name) {
        return metricsOf(mirror, name).mapToDouble(Counts::value).sum();
    }

    /** The greatest that a measure is now of any writer of a mirror. */
    double greatest(String mirror, String name) {
        return metricsOf(mirror, name).mapToDouble(Counts::value).max().orElse(0);
    }

    /** How long that share of a mirror's last requests took at most, in milliseconds; of several writers, the slowest's. */
    double latency(String mirror, double share) {
        return metricsOf(mirror, "requestMillis")
                .filter(Histogram.class::isInstance)
                .map(metric -> ((Histogram) metric).getStatistics())
                .filter(statistics -> statistics.size() > 0)
                .mapToDouble(statistics -> statistics.getQuantile(share))
                .max()
                .orElse(0);
    }

    /** How many requests of a mirror that runs were throttled, by reason. */
    Map<String, Long> throttledBy(String mirror) {
        return measures.entrySet().stream()
                .filter(entry -> entry.getValue().mirror().equals(mirror)
                        && entry.getValue().name().startsWith(THROTTLED_BY))
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().name().substring(THROTTLED_BY.length()),
                        TreeMap::new,
                        Collectors.summingLong(entry -> Math.round(value(entry.getKey())))));
    }

    private Stream<Metric> metricsOf(String mirror, String name) {
        Measure wanted = new Measure(mirror, name);
        return measures.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey);
    }

    private static double value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number value ? value.doubleValue() : 0;
    }
}
