package dev.dynamirror.write;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Since when nothing gets through, and what DynamoDB said meanwhile. */
final class Progress {

    private static final int MAX_ANSWERS = 3;

    private final Duration giveUpAfter;

    /** How often each of the last answers came, the latest one last. */
    private final Map<String, Integer> answers = new LinkedHashMap<>();

    private long since;

    Progress(Duration giveUpAfter, long now) {
        this.giveUpAfter = giveUpAfter;
        this.since = now;
    }

    /** Something got through, or nothing was to be done. */
    void made(long now) {
        since = now;
        answers.clear();
    }

    /** Whether something got through after that moment. */
    boolean wasMadeAfter(long moment) {
        return since - moment > 0;
    }

    /** Nothing of a request got through. */
    void none(String answer) {
        int times = answers.getOrDefault(answer, 0);
        answers.remove(answer);
        answers.put(answer, times + 1);
        if (answers.size() > MAX_ANSWERS) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    /** Whether it is time to give up. */
    boolean isOverdue(long now) {
        return now - since >= giveUpAfter.toNanos();
    }

    /** {@code nothing got through for 15 minutes, 7 changes wait; the last answers were: …}. */
    String describe(int waiting) {
        return "nothing got through for " + text(giveUpAfter) + ", " + waiting
                + " changes wait; the last answers were: "
                + answers.entrySet().stream()
                        .map(answer ->
                                answer.getKey() + (answer.getValue() > 1 ? " (" + answer.getValue() + " times)" : ""))
                        .collect(Collectors.joining("; "));
    }

    static String text(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }
}
