package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The check of a history by all ways to understand it: for each key the set of all indexes that it may have reached. So
 * slow that it is plain to be right; it only says whether something is wrong.
 */
final class AllReadings {

    private final List<@Nullable Long> states;
    private final KeyStates commits;
    /** For each number of replays, used or left out, and each index, whether it may be so. */
    private final List<boolean[]> possible = new ArrayList<>();

    private final List<Integer> floors = new ArrayList<>();

    private AllReadings(List<@Nullable Long> states, KeyStates commits) {
        this.states = states;
        this.commits = commits;
        boolean[] start = new boolean[states.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = states.get(i) == null;
        }
        possible.add(start);
        floors.add(0);
    }

    static boolean accept(PermittedStates permitted, List<Step> steps) {
        Map<RowKey, AllReadings> readings = new HashMap<>();
        for (int i = 0; i < permitted.keys(); i++) {
            readings.put(permitted.key(i), new AllReadings(permitted.of(permitted.key(i)), permitted.states(i)));
        }
        boolean accepted = true;
        for (Step step : steps) {
            if (step instanceof Step.Write write) {
                AllReadings ofKey = readings.get(write.key());
                if (ofKey != null) {
                    ofKey.write(write.value());
                } else if (write.value() != null) {
                    accepted = false;
                }
            } else if (step instanceof Step.Acknowledged acknowledged) {
                readings.values().forEach(reading -> reading.acknowledge(acknowledged.commit()));
            } else if (step instanceof Step.Crash crash) {
                readings.values().forEach(reading -> reading.crash(crash.commit()));
            }
        }
        return accepted && readings.values().stream().allMatch(AllReadings::mayHaveEnded);
    }

    private void write(@Nullable Long value) {
        List<boolean[]> next = new ArrayList<>();
        for (int used = 0; used < possible.size(); used++) {
            boolean[] to = new boolean[states.size()];
            for (int from = 0; from < to.length; from++) {
                for (int index = 0; index < to.length; index++) {
                    to[index] |= Objects.equals(states.get(index), value)
                            && ((possible.get(used)[from] && index >= from) || jumps(used, from, index));
                }
            }
            next.add(to);
        }
        possible.clear();
        possible.addAll(next);
    }

    private boolean jumps(int used, int from, int index) {
        for (int before = 0; before < used; before++) {
            if (possible.get(before)[from] && index >= commits.indexAsOf(floors.get(used))) {
                return true;
            }
        }
        return false;
    }

    private void acknowledge(int commit) {
        floors.replaceAll(floor -> Math.max(floor, commit));
        for (boolean[] indexes : possible) {
            for (int index = 0; index < commits.indexAsOf(commit); index++) {
                indexes[index] = false;
            }
        }
    }

    private void crash(int commit) {
        possible.add(new boolean[states.size()]);
        floors.add(commit);
    }

    private boolean mayHaveEnded() {
        return possible.stream().anyMatch(indexes -> indexes[indexes.length - 1]);
    }
}
