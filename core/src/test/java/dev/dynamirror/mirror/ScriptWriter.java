package dev.dynamirror.mirror;

import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.Change;
import dev.dynamirror.testkit.oracle.Commit;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.Row;
import dev.dynamirror.testkit.oracle.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Gives a script to a mirror, in several threads, of which each has keys of its own; all stop now and then to flush. */
final class ScriptWriter {

    private final LiveTableScript script;
    private final Mirror mirror;
    private final FaultyDynamoDb db;
    private final int threads;
    private final int commitsBetweenFlushes;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * A flush.
     *
     * @param writes how many writes the server had applied when it returned
     * @param commit the last commit that was given before
     */
    record Acknowledged(long writes, int commit) {}

    /**
     * What a commit makes of a key.
     *
     * @param version the number of the change that made it
     * @param row what is there then; null if nothing is
     */
    private record State(RowKey key, long version, @Nullable Row row) {}

    private ScriptWriter(
            LiveTableScript script, Mirror mirror, FaultyDynamoDb db, int threads, int commitsBetweenFlushes) {
        this.script = script;
        this.mirror = mirror;
        this.db = db;
        this.threads = threads;
        this.commitsBetweenFlushes = commitsBetweenFlushes;
    }

    /** Gives the whole script, and returns when all of it is written; says when it was flushed. */
    static List<Acknowledged> write(
            LiveTableScript script, Mirror mirror, FaultyTable table, int threads, int commitsBetweenFlushes)
            throws InterruptedException {
        return new ScriptWriter(script, mirror, table.db, threads, commitsBetweenFlushes).write();
    }

    private List<Acknowledged> write() throws InterruptedException {
        int[] commit = {0};
        CyclicBarrier barrier = new CyclicBarrier(threads, () -> {
            commit[0] += commitsBetweenFlushes;
            flush(commit[0]);
        });
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    writeShare(number, barrier);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                    barrier.reset();
                }
            });
            thread.setDaemon(true);
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError(script + ": " + failed.getMessage(), failed);
        }
        mirror.flush();
        return acknowledged;
    }

    private void flush(int commit) {
        try {
            mirror.flush();
            acknowledged.add(new Acknowledged(db.appliedWrites(), commit));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void writeShare(int thread, CyclicBarrier barrier) throws InterruptedException, BrokenBarrierException {
        for (Commit commit : script) {
            for (State state : states(commit)) {
                if (Math.floorMod(state.key.hashCode(), threads) == thread) {
                    give(state);
                }
            }
            if (commit.number() % commitsBetweenFlushes == 0) {
                barrier.await();
            }
        }
    }

    /** What a commit makes of each key in the end, as an engine gives it that looks at whole commits. */
    private static Collection<State> states(Commit commit) {
        Map<RowKey, State> states = new LinkedHashMap<>();
        for (Change change : commit.changes()) {
            Row before = change.before();
            Row after = change.after();
            if (before != null) {
                states.put(before.key(), new State(before.key(), change.number(), null));
            }
            if (after != null) {
                states.put(after.key(), new State(after.key(), change.number(), after));
            }
        }
        return states.values();
    }

    private void give(State state) throws InterruptedException {
        String key = state.key.partition().toString();
        if (state.row == null) {
            mirror.delete(FaultyTable.row(key, state.version));
        } else {
            mirror.put(Map.of("key", key, "value", state.row.value(), "payload", "x".repeat(state.row.payload())));
        }
    }
}
