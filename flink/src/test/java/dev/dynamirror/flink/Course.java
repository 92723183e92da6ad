package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.item.OwnAttributes;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.HistoryChecker;
import dev.dynamirror.testkit.oracle.Observed;
import dev.dynamirror.testkit.oracle.PermittedStates;
import dev.dynamirror.testkit.oracle.RowKey;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The course of a scripted table's mirror: where its sources began, which checkpoints were complete, what was written. */
final class Course implements ScriptSource.Watcher {

    private final String name = UUID.randomUUID().toString();
    private final FaultyDynamoDb server;
    private final List<Moment> starts = new ArrayList<>();
    private final List<Moment> checkpoints = new ArrayList<>();

    /** The source was at that commit when so many writes were applied. */
    private record Moment(long writes, int commit) {}

    private Course(FaultyDynamoDb server) {
        this.server = server;
    }

    /**
     * A course that the sources of this JVM tell by its name; the table is there, with an item, and is to be replaced. The server
     * must not fail yet, or a late repetition of that item would be taken for the mirror's.
     */
    static Course of(FaultyDynamoDb server) throws InterruptedException {
        try (Mirror mirror = Mirror.open(
                DynamoDb.table(ScriptedTable.TABLE)
                        .endpoint(server.endpoint())
                        .region(Embedded.REGION)
                        .partitionKey("id")
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS),
                Schema.parse("id int"))) {
            mirror.put(Map.of("id", 1));
        }
        server.clearHistory();
        Course course = new Course(server);
        ScriptSource.watch(course.name, course);
        return course;
    }

    String name() {
        return name;
    }

    @Override
    public void started(int commit) {
        started(server.appliedWrites(), commit);
    }

    private synchronized void started(long writes, int commit) {
        starts.add(new Moment(writes, commit));
    }

    /** This, for a source whose start is told late: it began after so many writes. */
    ScriptSource.Watcher from(long writes) {
        return new ScriptSource.Watcher() {
            @Override
            public void started(int commit) {
                Course.this.started(writes, commit);
            }

            @Override
            public void completed(int commit) {
                Course.this.completed(commit);
            }
        };
    }

    @Override
    public synchronized void completed(int commit) {
        checkpoints.add(new Moment(server.appliedWrites(), commit));
    }

    /** How often a source began. */
    synchronized int starts() {
        return starts.size();
    }

    /** How many checkpoints were complete. */
    synchronized int checkpoints() {
        return checkpoints.size();
    }

    /** The commits behind which sources began. */
    synchronized List<Integer> begunAt() {
        return starts.stream().map(Moment::commit).toList();
    }

    /** The last commit that a complete checkpoint has. */
    synchronized int lastCheckpoint() {
        return checkpoints.stream().mapToInt(Moment::commit).max().orElse(0);
    }

    /**
     * Demands that each key went through its states in their order but for replays from where a source began again, that
     * no checkpoint was complete too early, and that the table equals the live table in the end.
     */
    void requireEqual(PermittedStates permitted) {
        HistoryChecker checker = new HistoryChecker(permitted);
        synchronized (this) {
            starts.stream().skip(1).forEach(start -> checker.replayAllowedFrom(start.writes + 1, start.commit));
            checkpoints.forEach(checkpoint -> checker.acknowledged(checkpoint.writes, checkpoint.commit));
        }
        require(checker, permitted);
    }

    /** Demands the same, and that nothing was replayed. */
    void requireEqualWithoutReplay(PermittedStates permitted) {
        HistoryChecker checker = new HistoryChecker(permitted);
        synchronized (this) {
            checkpoints.forEach(checkpoint -> checker.acknowledged(checkpoint.writes, checkpoint.commit));
        }
        require(checker, permitted);
    }

    private void require(HistoryChecker checker, PermittedStates permitted) {
        assertThat(server.requests()).containsEntry("DeleteTable", 1L).containsEntry("CreateTable", 1L);
        requireTable(permitted, permitted.commits());
        checker.check(server.history(ScriptedTable.TABLE).stream()
                        .map(Course::observed)
                        .toList())
                .requireClean();
    }

    /** Demands that the table holds what the live table is after that commit. */
    void requireTable(PermittedStates permitted, int commit) {
        Map<RowKey, @Nullable Long> table = new HashMap<>();
        for (ObjectNode item : server.items(ScriptedTable.TABLE)) {
            if (value(item) != null) {
                table.put(key(item), value(item));
            }
        }
        assertThat(table).isEqualTo(permitted.table(commit));
    }

    private static Observed observed(AppliedWrite write) {
        return new Observed(write.number() + 1, key(write.key()), value(write.after()));
    }

    private static RowKey key(ObjectNode item) {
        return new RowKey(
                item.path("p").path("S").asText(), item.path("s").path("N").asLong());
    }

    /** The value of an item; null if there is none, or a tombstone. */
    private static @Nullable Long value(@Nullable ObjectNode item) {
        return item == null || item.has(OwnAttributes.DELETED)
                ? null
                : item.path("value").path("N").asLong();
    }
}
