package dev.dynamirror.cli;

import dev.dynamirror.cli.Counts.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells what the mirrors of a job are doing while it runs: on a terminal one live line for each, renewed each second; else a
 * plain line each ten seconds.
 */
final class Progress {

    private static final Duration LIVE = Duration.ofSeconds(1);
    private static final Duration PLAIN = Duration.ofSeconds(10);

    /** How far a table is behind, in milliseconds. */
    private static final String OLDEST_PENDING = "oldestPendingMillis";

    /** What AWS asks for a million write units of an on-demand table in us-east-1, in dollars; other regions ask more. */
    static final double DOLLARS_PER_MILLION = 0.625;

    private final Console console;
    private final Counts counts;
    private final boolean live;
    private final Map<String, Long> itemsBefore = new HashMap<>();
    private final ScheduledExecutorService clock;
    private long before = System.nanoTime();

    Progress(Console console, Counts counts) {
        this.console = console;
        this.counts = counts;
        this.live = console.isLive();
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dynamirror-progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs a job, and tells of it meanwhile. */
    static void run(MirrorJob job, Console console, Counts counts) throws InterruptedException {
        Progress progress = new Progress(console, counts);
        progress.begin();
        try {
            job.run();
        } finally {
            progress.end();
        }
    }

    private void begin() {
        long millis = (live ? LIVE : PLAIN).toMillis();
        ScheduledFuture<?> unused = clock.scheduleAtFixedRate(this::tell, millis, millis, TimeUnit.MILLISECONDS);
    }

    synchronized void tell() {
        List<String> lines = lines(System.nanoTime());
        if (live) {
            console.showLive(lines);
        } else {
            lines.forEach(console::say);
        }
    }

    /** A line for each mirror; speeds are those since the last time. */
    private List<String> lines(long now) {
        double seconds = (now - before) / 1e9;
        before = now;
        List<String> lines = new ArrayList<>();
        // Of several mirrors nobody counts which rows are whose.
        String rowsRead = counts.has(Count.ROWS_READ) && counts.mirrors().size() == 1
                ? String.format(Locale.ROOT, "%,d rows read, ", counts.all(Count.ROWS_READ))
                : "";
        for (String mirror : counts.mirrors()) {
            long items = counts.of(mirror, Count.ITEMS_PUT) + counts.of(mirror, Count.ITEMS_DELETED);
            long more = items - itemsBefore.getOrDefault(mirror, 0L);
            itemsBefore.put(mirror, items);
            long units = counts.of(mirror, Count.WRITE_UNITS);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s%,d put, %,d deleted, %,d merged, %,d set aside; %,d requests, %,d throttled; %,.0f items/s;"
                            + " %,d write units, about $%.4f; %.1f s behind",
                    mirror,
                    rowsRead,
                    counts.of(mirror, Count.ITEMS_PUT),
                    counts.of(mirror, Count.ITEMS_DELETED),
                    counts.of(mirror, Count.CHANGES_MERGED),
                    counts.of(mirror, Count.ROWS_SET_ASIDE),
                    counts.of(mirror, Count.REQUESTS),
                    counts.of(mirror, Count.REQUESTS_THROTTLED),
                    more / Math.max(seconds, 0.001),
                    units,
                    units * DOLLARS_PER_MILLION / 1e6,
                    counts.greatest(mirror, OLDEST_PENDING) / 1e3));
        }
        return lines;
    }

    /** Tells no more; live lines are taken away. */
    private void end() {
        clock.shutdownNow();
        synchronized (this) {
            if (live) {
                console.showLive(List.of());
            }
        }
    }
}
