package dev.dynamirror.write;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that DynamoDB throttles, and what is too much, once a minute and not for each request. */
final class ThrottlingLog {

    private static final Logger LOG = LoggerFactory.getLogger(ThrottlingLog.class);
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private final String tableName;
    private final WriterStatistics statistics;
    private boolean logged;
    private long loggedAt;

    ThrottlingLog(String tableName, WriterStatistics statistics) {
        this.tableName = tableName;
        this.statistics = statistics;
    }

    /** Something was throttled. */
    void throttled(long now) {
        if (logged && now - loggedAt < PERIOD) {
            return;
        }
        logged = true;
        loggedAt = now;
        Map<String, Long> reasons = statistics.throttledBy();
        LOG.warn(
                "table {}: DynamoDB throttles the writes; so far {} requests were throttled and {} changes came back"
                        + " unprocessed{}",
                tableName,
                statistics.throttled(),
                statistics.unprocessed(),
                reasons.isEmpty() ? "" : ", because of " + reasons);
    }
}
