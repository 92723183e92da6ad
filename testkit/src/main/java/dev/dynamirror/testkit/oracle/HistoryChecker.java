package dev.dynamirror.testkit.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The check of what a mirror has written against what it might: each key goes through its permitted states in their
 * order, may repeat and skip them, and ends with the last one. What was acknowledged was written before, and only after
 * a crash a key may go back, once, to where the replay began.
 */
public final class HistoryChecker {

    /** Something that happened beside the writes, after a number of them. */
    private record Event(long writesBefore, Type type, int commit) {}

    private enum Type {
        ACKNOWLEDGED,
        REPLAY
    }

    private final PermittedStates permitted;
    private final List<Event> events = new ArrayList<>();

    /** Makes a checker of one history. */
    public HistoryChecker(PermittedStates permitted) {
        this.permitted = permitted;
    }

    /**
     * Says that everything up to and including a commit was acknowledged when the history had a number of writes: by
     * then each key must have reached at least its state as of that commit.
     */
    public HistoryChecker acknowledged(long historyNumber, int commit) {
        return with(new Event(historyNumber, Type.ACKNOWLEDGED, commit));
    }

    /**
     * Says that from a write on each key may go back once to its state as of a commit, or to a later one: changes from
     * there on come again. What is acknowledged afterwards is a limit of this, too.
     */
    public HistoryChecker replayAllowedFrom(long historyNumber, int commit) {
        return with(new Event(historyNumber - 1, Type.REPLAY, commit));
    }

    private HistoryChecker with(Event event) {
        if (event.commit() < 0 || event.commit() > permitted.commits()) {
            throw new IllegalArgumentException(
                    "the script has commits up to " + permitted.commits() + ", but not " + event.commit());
        }
        events.add(event);
        return this;
    }

    /**
     * Checks a whole history. Of what happened after the same number of writes, that said first to this checker comes
     * first.
     *
     * @throws IllegalArgumentException if the numbers of the writes don't ascend
     */
    public Findings check(Iterable<Observed> history) {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(Event::writesBefore));
        HistoryRun run = new HistoryRun(permitted);
        int happened = 0;
        for (Observed write : history) {
            while (happened < inOrder.size() && inOrder.get(happened).writesBefore() < write.number()) {
                happen(inOrder.get(happened++), run);
            }
            run.observe(write);
        }
        while (happened < inOrder.size()) {
            happen(inOrder.get(happened++), run);
        }
        return run.end();
    }

    private static void happen(Event event, HistoryRun run) {
        switch (event.type()) {
            case ACKNOWLEDGED -> run.acknowledge(event.commit());
            case REPLAY -> run.allowReplay(event.commit());
        }
    }
}
