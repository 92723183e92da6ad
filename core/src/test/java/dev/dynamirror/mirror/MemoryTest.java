package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.ChildJvm;
import dev.dynamirror.testkit.faulty.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much memory a mirror needs when it is given changes faster than they are written: a mirror in a JVM of its own with
 * a small heap, against a server that takes its time.
 *
 * <p>The system property {@code dynamirror.memory.changes} sets the number of small changes, and 512 MB of heap for them.
 */
@Timeout(3_600)
final class MemoryTest {

    private static final Long WANTED = Long.getLong("dynamirror.memory.changes");

    /** What a mirror takes in before it blocks. */
    private static final long MOST_PENDING = 10_000;

    private final FaultyTable table = new FaultyTable();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        table.close();
    }

    @Test
    void smallChanges() throws Exception {
        long changes = WANTED == null ? 1_000_000 : WANTED;
        List<Long> counts = mirror(WANTED == null ? 64 : 512, changes, 20, WANTED == null ? 9 : 5);
        assertThat(counts.get(0) + counts.get(1)).isEqualTo(changes);
        // It was full, and never more than that: so it blocked.
        assertThat(counts.get(2)).isBetween(MOST_PENDING - 100, MOST_PENDING);
        assertThat(table.items().keySet().stream().filter(key -> key.toString().startsWith("k")))
                .hasSize(MemoryProbe.OTHER_KEYS);
    }

    /** 600 MB of items of 300 KB, of which no more than 64 MB are taken in. */
    @Test
    void largeChanges() throws Exception {
        List<Long> counts = mirror(192, 2_000, 300_000, 0);
        assertThat(counts.get(0)).isEqualTo(2_000);
        assertThat(counts.get(2)).isBetween(100L, 230L);
        assertThat(table.items()).hasSize(2_000);
    }

    /** How many changes were put and merged, and how many were pending at most. */
    private List<Long> mirror(int heap, long changes, int payload, int hotInTen) throws Exception {
        table.open().close();
        table.db.keepHistory(false).faults(request -> Fault.delay(Duration.ofMillis(20)));
        try (ChildJvm probe = ChildJvm.start(
                folder,
                Map.of(),
                List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                MemoryProbe.class,
                table.db.endpoint().toString(),
                Long.toString(changes),
                Integer.toString(payload),
                Integer.toString(hotInTen))) {
            List<String> printed = probe.end();
            System.out.println("heap of " + heap + " MB: " + printed);
            return printed.subList(0, 3).stream().map(Long::valueOf).toList();
        }
    }
}
