package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A mirror that does all it may, and nothing else: merges changes that wait, writes keys in any order, repeats writes,
 * acknowledges once nothing waits, crashes and goes on from the last acknowledgement, with some writes still to be
 * applied that it had sent before.
 */
final class SimulatedMirror {

    private final List<Commit> commits;
    private final PermittedStates.Updates updates;
    private final SplittableRandom random;
    private final List<Step> steps = new ArrayList<>();

    private Map<RowKey, TreeSet<Long>> live = new HashMap<>();
    private final Map<RowKey, Step.Write> waiting = new LinkedHashMap<>();
    private final Map<RowKey, Step.Write> written = new LinkedHashMap<>();
    /** The keys that became absent in the commit that is being taken. */
    private final Set<RowKey> held = new HashSet<>();

    private boolean restoring;

    private SimulatedMirror(Iterable<Commit> script, PermittedStates.Updates updates, SplittableRandom random) {
        this.commits = StreamSupport.stream(script.spliterator(), false).toList();
        this.updates = updates;
        this.random = random;
    }

    static List<Step> run(
            Iterable<Commit> script, PermittedStates.Updates updates, int crashes, SplittableRandom random) {
        SimulatedMirror mirror = new SimulatedMirror(script, updates, random);
        mirror.run(crashes);
        return mirror.steps;
    }

    private void run(int crashes) {
        int crashesLeft = crashes;
        int acknowledged = 0;
        int taken = 0;
        double haste = random.nextDouble();
        while (taken < commits.size()) {
            for (Change change : commits.get(taken++).changes()) {
                take(change);
                while (random.nextDouble() < haste) {
                    writeOne();
                }
                if (random.nextInt(4) == 0 && !written.isEmpty()) {
                    steps.add(any(new ArrayList<>(written.values())));
                }
            }
            held.clear();
            if (random.nextInt(5) == 0) {
                flush();
                acknowledged = taken;
                steps.add(new Step.Acknowledged(acknowledged));
            } else if (crashesLeft > 0 && random.nextInt(5) == 0) {
                crashesLeft--;
                steps.add(new Step.Crash(acknowledged));
                int sent = random.nextInt(waiting.size() + 1);
                for (int i = 0; i < sent; i++) {
                    writeOne();
                }
                waiting.clear();
                taken = acknowledged;
                live = new HashMap<>();
                restoring = true;
                commits.subList(0, taken).forEach(commit -> commit.changes().forEach(this::take));
                restoring = false;
                waiting.clear();
                held.clear();
            }
        }
        flush();
        steps.add(new Step.Acknowledged(taken));
    }

    private void take(Change change) {
        Row before = change.before();
        Row after = change.after();
        if (before != null) {
            live.computeIfAbsent(before.key(), key -> new TreeSet<>()).remove(before.value());
        }
        boolean stays = before != null && after != null && before.key().equals(after.key());
        if (before != null && (!stays || updates == PermittedStates.Updates.IN_TWO_STEPS)) {
            changed(before.key());
            if (stays && !restoring && !held.contains(before.key()) && random.nextInt(3) == 0) {
                write(before.key());
            }
        }
        if (after != null) {
            live.computeIfAbsent(after.key(), key -> new TreeSet<>()).add(after.value());
            changed(after.key());
        }
    }

    private void changed(RowKey key) {
        TreeSet<Long> values = live.getOrDefault(key, new TreeSet<>());
        @Nullable Long value = values.isEmpty() ? null : values.last();
        waiting.put(key, new Step.Write(key, value));
        if (value == null) {
            held.add(key);
        } else {
            held.remove(key);
        }
    }

    private void writeOne() {
        List<RowKey> ready = new ArrayList<>(waiting.keySet());
        ready.removeAll(held);
        if (!ready.isEmpty()) {
            write(any(ready));
        }
    }

    private void write(RowKey key) {
        Step.Write write = waiting.remove(key);
        if (write != null) {
            steps.add(write);
            written.put(key, write);
        }
    }

    private void flush() {
        while (!waiting.isEmpty()) {
            writeOne();
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
