package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened while a simulated mirror ran: a write, an acknowledgement, or a crash. */
sealed interface Step {

    record Write(RowKey key, @Nullable Long value) implements Step {}

    record Acknowledged(int commit) implements Step {}

    /** A crash, after which the mirror goes on from a commit. */
    record Crash(int commit) implements Step {}

    /** Has the steps checked, the writes numbered in their order. */
    static Findings check(PermittedStates permitted, List<Step> steps) {
        HistoryChecker checker = new HistoryChecker(permitted);
        List<Observed> history = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Write write) {
                history.add(new Observed(history.size() + 1, write.key(), write.value()));
            } else if (step instanceof Acknowledged acknowledged) {
                checker.acknowledged(history.size(), acknowledged.commit());
            } else if (step instanceof Crash crash) {
                checker.replayAllowedFrom(history.size() + 1, crash.commit());
            }
        }
        return checker.check(history);
    }
}
