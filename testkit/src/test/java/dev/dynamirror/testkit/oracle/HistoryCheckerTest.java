package dev.dynamirror.testkit.oracle;

import static dev.dynamirror.testkit.oracle.WrittenScript.commits;
import static dev.dynamirror.testkit.oracle.WrittenScript.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryCheckerTest {

    /** Key a: 1, 2, 3. */
    private static final PermittedStates UPDATES = PermittedStates.of(commits("1@a", "1@a", "1@a"));

    /** Key a: 1, 2, 3, 2, 5. */
    private static final PermittedStates SHARED = PermittedStates.of(commits("1@a", "2@a", "1@a", "-1", "2@a"));

    /** Key a: 1, absent, 3, 4, absent. */
    private static final PermittedStates COMING_AND_GOING =
            PermittedStates.of(commits("1@a", "-1", "1@a", "1@a", "-1"));

    @Test
    void everyStateOnce() {
        assertThat(violations(UPDATES, "a=1", "a=2", "a=3")).isEmpty();
        assertThat(violations(SHARED, "a=1", "a=2", "a=3", "a=2", "a=5")).isEmpty();
        assertThat(violations(COMING_AND_GOING, "a=1", "a=", "a=3", "a=4", "a="))
                .isEmpty();
    }

    @Test
    void statesMayBeRepeatedAndSkipped() {
        assertThat(violations(UPDATES, "a=1", "a=1", "a=3", "a=3")).isEmpty();
        assertThat(violations(UPDATES, "a=3")).isEmpty();
        assertThat(violations(SHARED, "a=3", "a=2", "a=2", "a=5")).isEmpty();
        assertThat(violations(COMING_AND_GOING)).isEmpty();
        assertThat(violations(COMING_AND_GOING, "a=", "a=4", "a=", "a=")).isEmpty();
    }

    @Test
    void anOlderValueAfterANewer() {
        assertThat(violations(UPDATES, "a=2", "a=1", "a=3"))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 2: 1 after 2 (write 1); permitted: 2, 3");
        assertThat(violations(SHARED, "a=3", "a=2", "a=3", "a=5"))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 3: 3 after 2 (write 2); permitted: 2, 5");
    }

    @Test
    void anOlderValueAtTheEndIsAlsoALoss() {
        assertThat(violations(UPDATES, "a=3", "a=2"))
                .containsExactly(
                        "OLDER_AFTER_NEWER: key a, write 2: 2 after 3 (write 1); permitted: 3",
                        "LOST: key a, write 2: the end is 2 (write 2), but must be 3");
    }

    @Test
    void aLateDelete() {
        assertThat(violations(PermittedStates.of(commits("1@a", "-1", "1@a")), "a=", "a=3", "a="))
                .containsExactly(
                        "OLDER_AFTER_NEWER: key a, write 3: absent after 3 (write 2); permitted: 3",
                        "LOST: key a, write 3: the end is absent (write 3), but must be 3");
    }

    @Test
    void aDeleteInsideAnUpdate() {
        assertThat(violations(UPDATES, "a=1", "a=", "a=2", "a=3"))
                .containsExactly("DELETE_INSIDE_UPDATE: key a, write 2: absent after 1 (write 1); permitted: 1, 2, 3");
    }

    @Test
    void aDeleteInsideAnUpdateBeforeARealOne() {
        assertThat(violations(COMING_AND_GOING, "a=1", "a=", "a=3", "a=", "a=4", "a="))
                .containsExactly("DELETE_INSIDE_UPDATE: key a, write 5: 4 after absent (write 4); permitted: absent");
    }

    @Test
    void aPutAgainAfterItsDelete() {
        assertThat(violations(COMING_AND_GOING, "a=4", "a=", "a=4", "a="))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 3: 4 after absent (write 2); permitted: absent");
    }

    @Test
    void aValueThatNeverWas() {
        assertThat(violations(UPDATES, "a=1", "a=7", "a=3"))
                .containsExactly("NEVER_WAS: key a, write 2: 7 after 1 (write 1); permitted: 1, 2, 3");
        assertThat(violations(UPDATES, "a=1", "a=x", "a=3"))
                .containsExactly("NEVER_WAS: key a, write 2: x after 1 (write 1); permitted: 1, 2, 3");
        assertThat(violations(UPDATES, "a=9999999999", "a=3"))
                .containsExactly(
                        "NEVER_WAS: key a, write 1: 9999999999 after nothing written;" + " permitted: absent, 1, 2, 3");
    }

    @Test
    void aKeyThatNeverWas() {
        assertThat(violations(UPDATES, "b=1", "c=", "a=3"))
                .containsExactly("NEVER_WAS: key b, write 1: 1 at a key that no row ever had");
    }

    @Test
    void whatIsLost() {
        PermittedStates permitted = PermittedStates.of(commits("1@a 2@b 3@c 4@d", "1@a 2@b -3"));
        assertThat(violations(permitted, "a=1", "c=3", "d=x"))
                .containsExactly(
                        "NEVER_WAS: key d, write 3: x after nothing written; permitted: absent, 4",
                        "LOST: key a, write 3: the end is 1 (write 1), but must be 5",
                        "LOST: key b, write 3: the end is nothing written, but must be 6",
                        "LOST: key c, write 3: the end is 3 (write 2), but must be absent",
                        "LOST: key d, write 3: the end is no value of the script (write 3), but must be 4");
    }

    @Test
    void acknowledgedInTime() {
        List<Observed> history = history("a=1", "a=3");
        assertThat(new HistoryChecker(UPDATES)
                        .acknowledged(0, 0)
                        .acknowledged(1, 1)
                        .acknowledged(2, 3)
                        .check(history))
                .matches(Findings::isClean);
        assertThat(new HistoryChecker(UPDATES).acknowledged(2, 2).check(history))
                .matches(Findings::isClean);
    }

    @Test
    void acknowledgedTooEarly() {
        List<Observed> history = history("a=1", "a=3");
        assertThat(texts(new HistoryChecker(UPDATES).acknowledged(0, 1).check(history)))
                .containsExactly("ACKNOWLEDGED_TOO_EARLY: key a, write 0: commit 1 with nothing written;"
                        + " permitted: 1, 2, 3");
        assertThat(texts(new HistoryChecker(UPDATES).acknowledged(1, 2).check(history)))
                .containsExactly(
                        "ACKNOWLEDGED_TOO_EARLY: key a, write 1: commit 2 with 1 (write 1);" + " permitted: 2, 3");
    }

    @Test
    void aValueThatCameBackCountsAsTheLaterOneWhereItMust() {
        List<Observed> history = history("a=2", "a=5");
        assertThat(new HistoryChecker(SHARED).acknowledged(1, 4).check(history)).matches(Findings::isClean);
        assertThat(texts(new HistoryChecker(SHARED).acknowledged(1, 4).check(history("a=2", "a=3", "a=5"))))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 2: 3 after 2 (write 1); permitted: 2, 5");
        assertThat(texts(new HistoryChecker(SHARED).check(history("a=2", "a=3", "a=5"))))
                .isEmpty();
    }

    @Test
    void anAbsenceMayBeAcknowledgedWithoutAWrite() {
        assertThat(new HistoryChecker(COMING_AND_GOING).acknowledged(0, 2).check(history("a=3", "a=")))
                .matches(Findings::isClean);
    }

    @Test
    void aReplayGoesBackOnce() {
        List<Observed> once = history("a=1", "a=3", "a=2", "a=3");
        assertThat(texts(new HistoryChecker(UPDATES).check(once)))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 3: 2 after 3 (write 2); permitted: 3");
        assertThat(replayed(once, 3, 1)).isEmpty();
        assertThat(replayed(once, 4, 1)).hasSize(1);
        assertThat(replayed(once, 3, 2)).isEmpty();
        assertThat(replayed(once, 3, 3)).hasSize(1);
        List<Observed> twice = history("a=3", "a=2", "a=3", "a=2", "a=3");
        assertThat(replayed(twice, 2, 1))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 4: 2 after 3 (write 3); permitted: 3");
        assertThat(texts(new HistoryChecker(UPDATES)
                        .replayAllowedFrom(2, 1)
                        .replayAllowedFrom(2, 1)
                        .check(twice)))
                .isEmpty();
    }

    @Test
    void whatIsAcknowledgedAfterACrashIsNoMoreReplayed() {
        HistoryChecker checker =
                new HistoryChecker(UPDATES).replayAllowedFrom(2, 0).acknowledged(2, 2);
        assertThat(texts(checker.check(history("a=2", "a=1", "a=2", "a=3"))))
                .containsExactly(
                        "ACKNOWLEDGED_TOO_EARLY: key a, write 2: commit 2 with 1 (write 2);" + " permitted: 2, 3");
        assertThat(texts(checker.check(history("a=3", "a=3", "a=1", "a=3"))))
                .containsExactly("OLDER_AFTER_NEWER: key a, write 3: 1 after 3 (write 2); permitted: 3");
        assertThat(texts(checker.check(history("a=3", "a=3", "a=2", "a=3")))).isEmpty();
    }

    @Test
    void onlyTheFirstAreListed() {
        List<String> writes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            writes.add("a=9");
        }
        Findings findings = new HistoryChecker(UPDATES).check(history(writes.toArray(String[]::new)));
        assertThat(findings.first()).hasSize(20);
        assertThat(findings.writes()).isEqualTo(30);
        assertThat(findings.counts()).isEqualTo(Map.of(Violation.Kind.NEVER_WAS, 30L, Violation.Kind.LOST, 1L));
        assertThat(findings.toString()).startsWith("31 violations in 30 writes\n  NEVER_WAS: key a, write 1: 9");
        assertThatThrownBy(findings::requireClean)
                .isInstanceOf(AssertionError.class)
                .hasMessage(findings.toString());
    }

    @Test
    void aCleanHistory() {
        Findings findings = new HistoryChecker(UPDATES).check(history("a=3"));
        findings.requireClean();
        assertThat(findings).hasToString("0 violations in 1 writes");
    }

    @Test
    void numbersAreChecked() {
        HistoryChecker checker = new HistoryChecker(UPDATES);
        assertThatThrownBy(() -> checker.acknowledged(0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the script has commits up to 3, but not 4");
        assertThatThrownBy(() -> checker.replayAllowedFrom(1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the script has commits up to 3, but not -1");
        Observed write = new Observed(1, key("a"), 1L);
        assertThatThrownBy(() -> checker.check(List.of(write, write)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("write 1 follows write 1");
    }

    private static List<String> replayed(List<Observed> history, long from, int commit) {
        return texts(new HistoryChecker(UPDATES).replayAllowedFrom(from, commit).check(history));
    }

    private static List<String> violations(PermittedStates permitted, String... writes) {
        return texts(new HistoryChecker(permitted).check(history(writes)));
    }

    private static List<String> texts(Findings findings) {
        return findings.first().stream().map(Violation::toString).toList();
    }

    /** Writes as "key=value", without a value for a delete. */
    private static List<Observed> history(String... writes) {
        List<Observed> history = new ArrayList<>();
        for (String write : writes) {
            String value = write.substring(2);
            Object observed = value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value;
            history.add(
                    new Observed(history.size() + 1, key(write.substring(0, 1)), value.isEmpty() ? null : observed));
        }
        return history;
    }
}
