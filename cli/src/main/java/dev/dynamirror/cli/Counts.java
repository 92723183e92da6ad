package dev.dynamirror.cli;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

/** What a job has done, added up over its tasks, those that have ended too. */
final class Counts {

    private static final String ROWS_READ = "rowsRead";
    private static final String ITEMS_PUT = "itemsPut";
    private static final String ITEMS_DELETED = "itemsDeleted";
    private static final String ROWS_SET_ASIDE = "rowsSetAside";
    private static final String ITEMS_EQUAL = "itemsEqual";
    private static final Set<String> COUNTED = Set.of(ROWS_READ, ITEMS_PUT, ITEMS_DELETED, ROWS_SET_ASIDE, ITEMS_EQUAL);

    private final Map<Metric, String> running = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> ended = new ConcurrentHashMap<>();

    void added(Metric metric, String name) {
        if (COUNTED.contains(name)) {
            running.put(metric, name);
        }
    }

    void removed(Metric metric, String name) {
        if (running.remove(metric) != null) {
            ended.computeIfAbsent(name, key -> new LongAdder()).add(value(metric));
        }
    }

    long rowsRead() {
        return sum(ROWS_READ);
    }

    long itemsPut() {
        return sum(ITEMS_PUT);
    }

    long itemsDeleted() {
        return sum(ITEMS_DELETED);
    }

    long rowsSetAside() {
        return sum(ROWS_SET_ASIDE);
    }

    /** Items that were not written, as they were what they are to be. */
    long itemsEqual() {
        return sum(ITEMS_EQUAL);
    }

    private long sum(String name) {
        LongAdder before = ended.get(name);
        return (before == null ? 0 : before.sum())
                + running.entrySet().stream()
                        .filter(metric -> metric.getValue().equals(name))
                        .mapToLong(metric -> value(metric.getKey()))
                        .sum();
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Long value ? value : 0;
    }
}
