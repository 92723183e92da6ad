package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror of a live table may hold: for each key its states one after the other, of which a mirror may skip some,
 * but pass none back.
 *
 * <p>A state is what is seen after a single change. If live rows share a key, the one of the newest put is seen; when it
 * goes, the newest of the others is seen again. A key without a row is absent, but not between two changes of one commit
 * that take its row and give it one: an update is one put.
 */
public final class PermittedStates {

    /** What is seen while a row is updated. */
    public enum Updates {
        /** Nothing is seen between the old and the new row. */
        ATOMIC,
        /**
         * The old row goes, then the new one comes: between them another row of the same key may be seen. So Flink's
         * materializer does it.
         */
        IN_TWO_STEPS
    }

    private final Map<Object, Integer> indexes = new HashMap<>();
    private final List<RowKey> keys = new ArrayList<>();
    private final List<KeyStates> states = new ArrayList<>();

    private int commits;

    private PermittedStates() {}

    /**
     * Returns what a mirror may hold when updates are atomic.
     *
     * @throws IllegalArgumentException if a row goes that was not there, or numbers or values don't ascend
     */
    public static PermittedStates of(Iterable<Commit> script) {
        return of(script, Updates.ATOMIC);
    }

    /**
     * Returns what a mirror may hold.
     *
     * @throws IllegalArgumentException if a row goes that was not there, or numbers or values don't ascend
     */
    public static PermittedStates of(Iterable<Commit> script, Updates updates) {
        PermittedStates permitted = new PermittedStates();
        for (Commit commit : script) {
            permitted.add(commit, updates);
        }
        permitted.states.forEach(KeyStates::freeze);
        return permitted;
    }

    private void add(Commit commit, Updates updates) {
        if (commit.number() <= commits) {
            throw new IllegalArgumentException("commit " + commit.number() + " follows commit " + commits);
        }
        commits = commit.number();
        for (Change change : commit.changes()) {
            try {
                add(change, updates);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("change " + change.number() + ": " + e.getMessage(), e);
            }
        }
    }

    private void add(Change change, Updates updates) {
        Row before = change.before();
        Row after = change.after();
        if (before != null) {
            KeyStates ofKey = states(before.key());
            ofKey.remove(before.value());
            boolean stays = after != null && after.key().equals(before.key());
            if (!stays || updates == Updates.IN_TWO_STEPS) {
                ofKey.see(commits);
            }
        }
        if (after != null) {
            if (after.value() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("value " + after.value() + " is too large");
            }
            KeyStates ofKey = states(after.key());
            ofKey.put(after.value());
            ofKey.see(commits);
        }
    }

    private KeyStates states(RowKey key) {
        Integer index = indexes.get(key);
        if (index == null) {
            index = states.size();
            indexes.put(key, index);
            keys.add(key);
            states.add(new KeyStates());
        }
        return states.get(index);
    }

    /** Returns the number of the last commit, 0 if there is none. */
    public int commits() {
        return commits;
    }

    /** Returns the values of all keys that are not absent, as of a commit; 0 is before the first. */
    public Map<RowKey, Long> table(int commit) {
        Map<RowKey, Long> table = new HashMap<>();
        for (int index = 0; index < keys.size(); index++) {
            KeyStates ofKey = states.get(index);
            long state = ofKey.get(ofKey.indexAsOf(commit));
            if (state != KeyStates.ABSENT) {
                table.put(keys.get(index), state);
            }
        }
        return table;
    }

    /** Returns the values of all keys that are not absent, at the end. */
    public Map<RowKey, Long> table() {
        return table(commits);
    }

    /** Returns the permitted states of a key in their order, null where it is absent. The first is always null. */
    public List<@Nullable Long> of(RowKey key) {
        List<@Nullable Long> values = new ArrayList<>();
        Integer index = indexes.get(key);
        if (index == null) {
            values.add(null);
            return values;
        }
        KeyStates ofKey = states.get(index);
        for (int i = 0; i < ofKey.size(); i++) {
            values.add(ofKey.get(i) == KeyStates.ABSENT ? null : ofKey.get(i));
        }
        return values;
    }

    int keys() {
        return keys.size();
    }

    /** Returns which key it is, -1 if none of the script. */
    int indexOf(Object key) {
        return indexes.getOrDefault(key, -1);
    }

    RowKey key(int index) {
        return keys.get(index);
    }

    KeyStates states(int index) {
        return states.get(index);
    }
}
