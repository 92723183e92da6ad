package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.table.TableSummary;
import java.util.Map;
import java.util.function.Supplier;

/** A mirror's table as DynamoDB describes it, which is asked at most once in five seconds. */
final class DescribedTable implements Supplier<Map<String, TableSummary>> {

    private static final long ASK_EACH_NANOS = 5_000_000_000L;

    private final Connection connection;
    private final String mirror;
    private final String table;
    private Map<String, TableSummary> known = Map.of();
    private long asked;

    DescribedTable(Connection connection, String mirror, String table) {
        this.connection = connection;
        this.mirror = mirror;
        this.table = table;
        this.asked = System.nanoTime() - ASK_EACH_NANOS;
    }

    @Override
    public synchronized Map<String, TableSummary> get() {
        if (System.nanoTime() - asked >= ASK_EACH_NANOS) {
            asked = System.nanoTime();
            // Without one it is created, or is not to be seen; the mirror tells if that matters.
            known = TableSummary.of(connection, table)
                    .map(summary -> Map.of(mirror, summary))
                    .orElseGet(Map::of);
        }
        return known;
    }
}
