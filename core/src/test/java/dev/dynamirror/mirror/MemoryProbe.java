package dev.dynamirror.mirror;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.dynamirror.value.Schema;
import dev.dynamirror.write.WriterStatistics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * A program for {@link MemoryTest}: gives many changes to a mirror, as fast as it takes them, and says how many it put, how
 * many were written or replaced, how many were pending at most, and how much of the heap was in use after a collection.
 */
final class MemoryProbe {

    private static final int HOT_KEYS = 100;

    /** More than can be pending, so that changes of these keys are not merged. */
    static final int OTHER_KEYS = 50_000;

    private MemoryProbe() {}

    /** Arguments: the endpoint, how many changes, of how many characters, and which share of them is of hot keys. */
    public static void main(String[] arguments) throws InterruptedException {
        long changes = Long.parseLong(arguments[1]);
        String payload = "x".repeat(Integer.parseInt(arguments[2]));
        int hotInTen = Integer.parseInt(arguments[3]);
        AtomicLong mostUsed = new AtomicLong();
        watchCollections(mostUsed);
        long start = System.nanoTime();
        long others = 0;
        long mostPending = 0;
        Mirror mirror = Mirror.open(
                DynamoDb.table(FaultyTable.NAME)
                        .partitionKey("key")
                        .endpoint(URI.create(arguments[0]))
                        .region("us-east-1"),
                Schema.parse("key str, value int, payload str"));
        WriterStatistics statistics = mirror.statistics();
        for (long i = 0; i < changes; i++) {
            boolean hot = i % 10 < hotInTen;
            String key = hot ? "hot" + i * 31 % HOT_KEYS : "k" + others++ % OTHER_KEYS;
            mirror.put(Map.of("key", key, "value", i, "payload", payload));
            mostPending = Math.max(mostPending, i + 1 - statistics.put() - statistics.merged());
        }
        mirror.close();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println(statistics.put());
        System.out.println(statistics.merged());
        System.out.println(mostPending);
        System.out.println((mostUsed.get() >> 20) + " MB in use after a collection, " + seconds + " s, "
                + statistics.requests() + " requests");
    }

    private static void watchCollections(AtomicLong mostUsed) {
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, nothing) -> {
                                long used = GarbageCollectionNotificationInfo.from(
                                                (CompositeData) notification.getUserData())
                                        .getGcInfo()
                                        .getMemoryUsageAfterGc()
                                        .entrySet()
                                        .stream()
                                        .filter(pool -> heap.contains(pool.getKey()))
                                        .mapToLong(pool -> pool.getValue().getUsed())
                                        .sum();
                                mostUsed.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }
}
