package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One walk through a history: where among its permitted states each key may be by now.
 *
 * <p>As values come back, a state seen may be one of several. It is taken for the earliest that is possible. This misses
 * nothing: every other way to understand the same writes is, at each of them, at this index or at a later one of the same
 * state, and from an earlier index everything can be reached that can be from a later one. An acknowledgement is a lower
 * bound: the state seen is then taken for the earliest one that is not below it, for the same reason.
 *
 * <p>Each replay may be used once for each key, by going back at some write. So there is one earliest index for each
 * answer to "which replay was the last that this key used", with none as the first; one that cannot be is {@link
 * KeyStates#NOWHERE}. Replays are used in their order, and any may be left out.
 *
 * <p>What is wrong is reported, and then passed over, so that one thing wrong is not reported many times.
 */
final class HistoryRun {

    private static final int REPORTED = 20;
    private static final int EXPECTED_IN_TEXT = 4;
    private static final long OTHER = -1;

    private final PermittedStates permitted;

    /** For each replay that may have been used last, 0 for none, the earliest possible index of each key. */
    private final List<int[]> earliest = new ArrayList<>();

    /** For each replay, the commit to which it may go back; nothing at 0. */
    private final List<Integer> floors = new ArrayList<>();

    /** The state of each key that was seen last, {@link #OTHER} if it is no number of a value. */
    private final long[] seen;

    /** The write that showed it, 0 if none did. */
    private final long[] seenAt;

    /** The earliest index of each key before it was seen to go. */
    private final int[] beforeAbsence;

    private final Map<Violation.Kind, Long> counts = new EnumMap<>(Violation.Kind.class);
    private final List<Violation> violations = new ArrayList<>();
    private long writes;
    private long lastNumber;

    HistoryRun(PermittedStates permitted) {
        this.permitted = permitted;
        earliest.add(new int[permitted.keys()]);
        floors.add(0);
        seen = new long[permitted.keys()];
        seenAt = new long[permitted.keys()];
        beforeAbsence = new int[permitted.keys()];
    }

    void observe(Observed write) {
        if (write.number() <= lastNumber) {
            throw new IllegalArgumentException("write " + write.number() + " follows write " + lastNumber);
        }
        writes++;
        lastNumber = write.number();
        long state = stateOf(write);
        int key = permitted.indexOf(write.key());
        if (key < 0) {
            if (state != KeyStates.ABSENT) {
                report(Violation.Kind.NEVER_WAS, write.key(), write.value() + " at a key that no row ever had");
            }
            return;
        }
        int from = leastEarliest(key);
        boolean possible = advance(key, state);
        if (!possible) {
            reportWrite(write, key, state, from);
        }
        if (state == KeyStates.ABSENT && seen[key] != KeyStates.ABSENT) {
            beforeAbsence[key] = from;
        }
        seen[key] = state;
        seenAt[key] = write.number();
    }

    private static long stateOf(Observed write) {
        if (write.value() == null) {
            return KeyStates.ABSENT;
        }
        return write.value() instanceof Long value && value > 0 ? value : OTHER;
    }

    /** Goes to the earliest indexes of a state, if there is one. */
    private boolean advance(int key, long state) {
        KeyStates states = permitted.states(key);
        int[] next = new int[earliest.size()];
        boolean startable = false;
        boolean possible = false;
        for (int replay = 0; replay < next.length; replay++) {
            int from = earliest.get(replay)[key];
            boolean reached = from != KeyStates.NOWHERE;
            if (startable) {
                int floor = states.indexAsOf(floors.get(replay));
                from = reached ? Math.min(from, floor) : floor;
            }
            startable |= reached;
            next[replay] = from == KeyStates.NOWHERE ? KeyStates.NOWHERE : states.next(state, from);
            possible |= next[replay] != KeyStates.NOWHERE;
        }
        if (possible) {
            set(key, next);
        }
        return possible;
    }

    private void set(int key, int[] indexes) {
        for (int replay = 0; replay < indexes.length; replay++) {
            earliest.get(replay)[key] = indexes[replay];
        }
    }

    private int leastEarliest(int key) {
        int least = KeyStates.NOWHERE;
        for (int[] indexes : earliest) {
            int index = indexes[key];
            if (index != KeyStates.NOWHERE && (least == KeyStates.NOWHERE || index < least)) {
                least = index;
            }
        }
        return least;
    }

    private void reportWrite(Observed write, int key, long state, int from) {
        KeyStates states = permitted.states(key);
        Violation.Kind kind;
        int afterAbsence =
                seen[key] == KeyStates.ABSENT ? states.next(state, beforeAbsence[key] + 1) : KeyStates.NOWHERE;
        if (states.next(state, 0) == KeyStates.NOWHERE) {
            kind = Violation.Kind.NEVER_WAS;
        } else if (state == KeyStates.ABSENT) {
            // There is no absence any more from here on: one value follows the other.
            kind = from < states.size() - 1 ? Violation.Kind.DELETE_INSIDE_UPDATE : Violation.Kind.OLDER_AFTER_NEWER;
        } else if (afterAbsence != KeyStates.NOWHERE) {
            // The absence was taken for a later one, but the key goes on from where it was before.
            kind = Violation.Kind.DELETE_INSIDE_UPDATE;
            int[] back = new int[earliest.size()];
            for (int replay = 0; replay < back.length; replay++) {
                boolean reached = earliest.get(replay)[key] != KeyStates.NOWHERE;
                back[replay] = reached ? afterAbsence : KeyStates.NOWHERE;
            }
            set(key, back);
        } else {
            kind = Violation.Kind.OLDER_AFTER_NEWER;
        }
        report(
                kind,
                write.key(),
                "%s after %s; permitted: %s"
                        .formatted(write.value() == null ? "absent" : write.value(), before(key), from(states, from)));
    }

    /** Demands that all keys have reached at least their states as of a commit. */
    void acknowledge(int commit) {
        for (int replay = 0; replay < floors.size(); replay++) {
            floors.set(replay, Math.max(floors.get(replay), commit));
        }
        for (int key = 0; key < permitted.keys(); key++) {
            KeyStates states = permitted.states(key);
            int floor = states.indexAsOf(commit);
            int[] next = new int[earliest.size()];
            boolean possible = false;
            for (int replay = 0; replay < next.length; replay++) {
                int from = earliest.get(replay)[key];
                next[replay] =
                        from == KeyStates.NOWHERE ? KeyStates.NOWHERE : states.next(seen[key], Math.max(from, floor));
                possible |= next[replay] != KeyStates.NOWHERE;
            }
            if (possible) {
                set(key, next);
            } else {
                report(
                        Violation.Kind.ACKNOWLEDGED_TOO_EARLY,
                        permitted.key(key),
                        "commit %s with %s; permitted: %s".formatted(commit, before(key), from(states, floor)));
            }
        }
    }

    /** Lets each key go back once to its state as of a commit. */
    void allowReplay(int commit) {
        int[] unused = new int[permitted.keys()];
        Arrays.fill(unused, KeyStates.NOWHERE);
        earliest.add(unused);
        floors.add(commit);
    }

    Findings end() {
        for (int key = 0; key < permitted.keys(); key++) {
            long last = permitted.states(key).last();
            if (seen[key] != last) {
                report(
                        Violation.Kind.LOST,
                        permitted.key(key),
                        "the end is %s, but must be %s".formatted(before(key), text(last)));
            }
        }
        return new Findings(writes, counts, violations);
    }

    private void report(Violation.Kind kind, Object key, String detail) {
        counts.merge(kind, 1L, Long::sum);
        if (violations.size() < REPORTED) {
            violations.add(new Violation(kind, key, lastNumber, detail));
        }
    }

    private String before(int key) {
        return seenAt[key] == 0 ? "nothing written" : text(seen[key]) + " (write " + seenAt[key] + ")";
    }

    private static String from(KeyStates states, int from) {
        StringJoiner expected = new StringJoiner(", ");
        for (int index = from; index < states.size(); index++) {
            if (index == from + EXPECTED_IN_TEXT) {
                return expected + ", ...";
            }
            expected.add(text(states.get(index)));
        }
        return expected.toString();
    }

    private static String text(long state) {
        if (state == KeyStates.ABSENT) {
            return "absent";
        }
        return state == OTHER ? "no value of the script" : Long.toString(state);
    }
}
