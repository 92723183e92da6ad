package dev.dynamirror.testkit.oracle;

import static dev.dynamirror.testkit.oracle.WrittenScript.commits;
import static dev.dynamirror.testkit.oracle.WrittenScript.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PermittedStatesTest {

    @Test
    void anUpdateIsOnePut() {
        PermittedStates permitted = PermittedStates.of(commits("1@a", "1@a", "-1"));
        assertThat(permitted.of(key("a"))).containsExactly(null, 1L, 2L, null);
        assertThat(permitted.table(0)).isEmpty();
        assertThat(permitted.table(1)).isEqualTo(Map.of(key("a"), 1L));
        assertThat(permitted.table(2)).isEqualTo(Map.of(key("a"), 2L));
        assertThat(permitted.table(3)).isEmpty();
        assertThat(permitted.table()).isEmpty();
        assertThat(permitted.commits()).isEqualTo(3);
    }

    @Test
    void aMoveIsSeenAtBothKeys() {
        PermittedStates permitted = PermittedStates.of(commits("1@a", "1@b"));
        assertThat(permitted.of(key("a"))).containsExactly(null, 1L, null);
        assertThat(permitted.of(key("b"))).containsExactly(null, 2L);
        assertThat(permitted.table()).isEqualTo(Map.of(key("b"), 2L));
    }

    @Test
    void whatGoesAndComesBackWithinACommitIsNeverAbsent() {
        assertThat(PermittedStates.of(commits("1@a", "-1 2@a")).of(key("a"))).containsExactly(null, 1L, 3L);
        assertThat(PermittedStates.of(commits("1@a", "1@b 2@a")).of(key("a"))).containsExactly(null, 1L, 3L);
        assertThat(PermittedStates.of(commits("1@a", "-1", "2@a")).of(key("a"))).containsExactly(null, 1L, null, 3L);
    }

    @Test
    void whatComesAndGoesWithinACommitMayBeSeen() {
        assertThat(PermittedStates.of(commits("1@a -1")).of(key("a"))).containsExactly(null, 1L, null);
        assertThat(PermittedStates.of(commits("1@a", "-1 1@a -1")).of(key("a"))).containsExactly(null, 1L, 3L, null);
    }

    @Test
    void theNewestOfRowsThatShareAKeyIsSeen() {
        PermittedStates permitted = PermittedStates.of(commits("1@a", "2@a", "1@a", "-1", "-2"));
        assertThat(permitted.of(key("a"))).containsExactly(null, 1L, 2L, 3L, 2L, null);
    }

    @Test
    void aHiddenRowMayGoUnseen() {
        PermittedStates permitted = PermittedStates.of(commits("1@a", "2@a", "-1", "-2"));
        assertThat(permitted.of(key("a"))).containsExactly(null, 1L, 2L, null);
    }

    @Test
    void anotherRowIsSeenInsideAnUpdateOfTwoSteps() {
        List<Commit> commits = commits("1@a", "2@a", "2@a", "-1", "2@a");
        assertThat(PermittedStates.of(commits).of(key("a"))).containsExactly(null, 1L, 2L, 3L, 5L);
        assertThat(PermittedStates.of(commits, PermittedStates.Updates.IN_TWO_STEPS)
                        .of(key("a")))
                .containsExactly(null, 1L, 2L, 1L, 3L, 5L);
    }

    @Test
    void aKeyWithoutRowsIsAbsent() {
        assertThat(PermittedStates.of(commits("1@a")).of(key("b")))
                .containsOnlyNulls()
                .hasSize(1);
    }

    @Test
    void tablesAreThoseOfASlowReplay() {
        for (long seed = 0; seed < 50; seed++) {
            LiveTableScript script = LiveTableScript.seeded(seed)
                    .sharing(0.5)
                    .keys(20)
                    .rows(30)
                    .moves(2)
                    .largestBurst(4)
                    .build();
            PermittedStates permitted = PermittedStates.of(script);
            Map<Long, Row> live = new HashMap<>();
            for (Commit commit : script) {
                for (Change change : commit.changes()) {
                    if (change.before() != null) {
                        live.remove(change.before().id());
                    }
                    if (change.after() != null) {
                        live.put(change.after().id(), change.after());
                    }
                }
                Map<RowKey, Long> table = new HashMap<>();
                live.values().stream()
                        .sorted(Comparator.comparing(Row::value))
                        .forEach(row -> table.put(row.key(), row.value()));
                assertThat(permitted.table(commit.number())).isEqualTo(table);
            }
        }
    }

    /** All states of a commit are listed, then those are left out that are not permitted. */
    @Test
    void statesAreThoseOfASlowReplay() {
        for (long seed = 0; seed < 50; seed++) {
            LiveTableScript script = LiveTableScript.seeded(seed)
                    .sharing(0.3)
                    .keys(20)
                    .rows(30)
                    .moves(2)
                    .largestBurst(4)
                    .build();
            PermittedStates permitted = PermittedStates.of(script);
            for (int i = 0; i < 20; i++) {
                RowKey key = key("k" + i);
                List<Long> states = new ArrayList<>(List.of(0L));
                Map<Long, Row> live = new HashMap<>();
                for (Commit commit : script) {
                    List<Long> ofCommit = new ArrayList<>();
                    for (Change change : commit.changes()) {
                        if (change.before() != null) {
                            live.remove(change.before().id());
                        }
                        if (change.after() != null) {
                            live.put(change.after().id(), change.after());
                        }
                        ofCommit.add(live.values().stream()
                                .filter(row -> row.key().equals(key))
                                .mapToLong(Row::value)
                                .max()
                                .orElse(0));
                    }
                    // What is absent at first was absent before.
                    while (states.get(states.size() - 1) == 0 && !ofCommit.isEmpty() && ofCommit.get(0) == 0) {
                        ofCommit.remove(0);
                    }
                    for (int place = 0; place < ofCommit.size(); place++) {
                        long state = ofCommit.get(place);
                        boolean comesBack = ofCommit.subList(place, ofCommit.size()).stream()
                                .anyMatch(later -> later > 0);
                        if (!(state == 0 && comesBack) && state != states.get(states.size() - 1)) {
                            states.add(state);
                        }
                    }
                }
                assertThat(permitted.of(key).stream()
                                .map(state -> state == null ? 0 : state)
                                .toList())
                        .isEqualTo(states);
            }
        }
    }

    @Test
    void aScriptThatCannotBeIsRefused() {
        Row row = new Row(1, key("a"), 1, 0);
        Commit insert = new Commit(1, List.of(new Change(1, null, row)));
        Commit delete = new Commit(1, List.of(new Change(2, row, null)));
        assertThatThrownBy(() -> PermittedStates.of(List.of(delete)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change 2: value 1 goes, but is not there");
        assertThatThrownBy(() -> PermittedStates.of(List.of(insert, delete)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("commit 1 follows commit 1");
        assertThatThrownBy(() -> PermittedStates.of(
                        List.of(new Commit(1, List.of(new Change(1, null, row), new Change(2, null, row))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change 2: value 1 is put after 1");
        Row large = new Row(1, key("a"), 1L << 31, 0);
        assertThatThrownBy(() -> PermittedStates.of(List.of(new Commit(1, List.of(new Change(1, null, large))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change 1: value 2147483648 is too large");
        assertThatThrownBy(() -> new Row(1, key("a"), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of a row must be positive, but is 0");
        assertThatThrownBy(() -> new Change(1, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change 1 has no row");
        assertThatThrownBy(() -> new Change(2, row, new Row(2, key("a"), 2, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("change 2 is of two rows: 1 and 2");
    }
}
