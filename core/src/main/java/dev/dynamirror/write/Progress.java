package dev.dynamirror.write;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Since when nothing gets through, and what DynamoDB said meanwhile. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private static final int MAX_ANSWERS = 3;
    private static final long FIRST_WORD_AFTER = Duration.ofSeconds(10).toNanos();
    private static final long NEXT_WORD_AFTER = Duration.ofMinutes(1).toNanos();

    private final Duration giveUpAfter;

    /** How often each of the last answers came, the latest one last. */
    private final Map<String, Integer> answers = new LinkedHashMap<>();

    private long since;

    /** From when on it is worth a word that nothing gets through. */
    private long nextWordAt;

    Progress(Duration giveUpAfter, long now) {
        this.giveUpAfter = giveUpAfter;
        made(now);
    }

    /** Something got through, or nothing was to be done. */
    void made(long now) {
        since = now;
        nextWordAt = now + FIRST_WORD_AFTER;
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

    /** Whether it is time to say that nothing gets through: after ten seconds, and then once a minute. */
    boolean isWorthAWord(long now) {
        if (now - nextWordAt < 0) {
            return false;
        }
        nextWordAt = now + NEXT_WORD_AFTER;
        return true;
    }

    /** Says in the log that nothing gets through, if it is time to. */
    void warn(String tableName, int waiting, long now) {
        if (isWorthAWord(now)) {
            LOG.warn("table {}: {}", tableName, describe(waiting, now));
        }
    }

    /** Whether it is time to give up. */
    boolean isOverdue(long now) {
        return now - since >= giveUpAfter.toNanos();
    }

    /** {@code nothing got through for 15 minutes, 7 changes wait; the last answers were: …}. */
    String describe(int waiting, long now) {
        long silence = Math.min(now - since, giveUpAfter.toNanos());
        return "nothing got through for " + text(Duration.ofNanos(silence)) + ", " + waiting
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
