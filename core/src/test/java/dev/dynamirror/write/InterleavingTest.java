package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of what can happen to a writer with two keys, up to a number of steps: changes of either key, the
 * clock, flushes, and for each request in flight every answer there is. None is left out and none is random.
 *
 * <p>The steps are {@code -Ddynamirror.interleaving.steps}; each more takes some eight times as long.
 */
@Tag("exhaustive")
final class InterleavingTest {

    private static final int STEPS = Integer.getInteger("dynamirror.interleaving.steps", 8);

    /** What a step may be; all of them must have been taken, or the test would not show what it says. */
    private enum Kind {
        PUT,
        DELETE,
        CLOCK,
        FLUSH,
        APPLIED,
        UNPROCESSED,
        THROTTLED,
        LOST,
        LOST_AFTER,
        INVALID
    }

    private final AtomicLong scripts = new AtomicLong();
    private final Set<Kind> kindsSeen = ConcurrentHashMap.newKeySet();

    @Test
    void theTableFollowsThroughAllInterleavings() {
        // The first two steps part the work among the processors.
        IntStream.range(0, 400).parallel().forEach(start -> explore(start / 20, start % 20));
        System.out.println("interleavings of " + STEPS + " steps: " + scripts);
        assertThat(kindsSeen).containsExactlyInAnyOrder(Kind.values());
        assertThat(scripts.get()).as("scripts").isGreaterThan(1000);
    }

    /** All scripts that begin with these choices, if there are so many. */
    private void explore(int first, int second) {
        Choices choices = new Choices(first, second);
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        long done = 0;
        do {
            Script script = new Script(choices, false);
            try {
                script.run();
            } catch (Choices.NoSuchChoice e) {
                return;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("the steps " + told(choices) + ": " + e, e);
            }
            done++;
            kinds.addAll(script.kinds);
        } while (choices.next(2));
        scripts.addAndGet(done);
        kindsSeen.addAll(kinds);
    }

    /** The steps of a script that fails, in words. */
    private static List<String> told(Choices choices) {
        Script again = new Script(choices, true);
        try {
            again.run();
        } catch (AssertionError | RuntimeException expected) {
            // as before
        }
        return again.steps;
    }

    /** Counts through all scripts: which of its options is taken at each step. */
    private static final class Choices {

        private final int[] taken = new int[STEPS];
        private final int[] options = new int[STEPS];
        private int step;

        /** The first two choices are of a script that has fewer options. */
        private static final class NoSuchChoice extends RuntimeException {
            private static final long serialVersionUID = 1L;

            NoSuchChoice() {
                super(null, null, false, false);
            }
        }

        Choices(int first, int second) {
            taken[0] = first;
            taken[1] = second;
        }

        void begin() {
            step = 0;
        }

        boolean areLeft() {
            return step < STEPS;
        }

        /** The option that is taken now, of so many. */
        int take(int count) {
            if (taken[step] >= count) {
                throw new NoSuchChoice();
            }
            options[step] = count;
            return taken[step++];
        }

        /** Goes on to the next script that has the same first choices; false if there is none. */
        boolean next(int fixed) {
            int last = step - 1;
            while (last >= fixed && taken[last] + 1 == options[last]) {
                last--;
            }
            if (last < fixed) {
                return false;
            }
            taken[last]++;
            Arrays.fill(taken, last + 1, STEPS, 0);
            return true;
        }
    }

    /** One script, from an empty writer to its end. */
    private static final class Script implements BatchTransport {

        final List<String> steps = new ArrayList<>();
        final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        private final boolean tells;

        private final Choices choices;
        private final SteppedLoop loop = new SteppedLoop();
        private final MirrorWriter writer;
        private final List<Sent> inFlight = new ArrayList<>();
        private final List<Change> given = new ArrayList<>();
        private final Map<Key, Change> table = new HashMap<>();
        private final Map<Key, Integer> newest = new HashMap<>();
        private final Set<Change> refused = new HashSet<>();

        /** The changes of which nobody knows whether they were applied, or still will be. */
        private final Map<Key, Change> unknown = new HashMap<>();

        private int value;
        private boolean flushing;

        private record Sent(List<Change> changes, CompletableFuture<BatchReply> reply) {}

        Script(Choices choices, boolean tells) {
            this.choices = choices;
            this.tells = tells;
            this.writer = new MirrorWriter("t", this, loop, new Shortest(), SETTINGS, new WriterListener() {
                @Override
                public void replied(long nanos) {}

                @Override
                public void refused(Change change, String reason) {
                    refused.add(change);
                }

                @Override
                public void throttledBy(String reason) {}
            });
        }

        private static final WriterSettings SETTINGS = new WriterSettings(
                1000, 1 << 20, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofHours(10), null);

        void run() {
            choices.begin();
            loop.whenIdle = this::stepOrAnswer;
            while (choices.areLeft()) {
                step();
            }
            flush();
            check(writer.pendingChanges() == 0, "nothing is pending");
            check(inFlight.isEmpty(), "nothing is in flight");
            check(loop.thrown.isEmpty(), "nothing is thrown");
            WriterStatistics statistics = writer.statistics();
            check(
                    statistics.put() + statistics.deleted() + statistics.merged() + statistics.refused()
                            == given.size(),
                    "every change is accounted for");
        }

        /** Called when the writer waits: the next step, or if none is left the answer to what was sent first. */
        private boolean stepOrAnswer() {
            if (choices.areLeft()) {
                step();
                return true;
            }
            if (inFlight.isEmpty()) {
                return false;
            }
            answer(inFlight.get(0), Answer.APPLIED);
            return true;
        }

        private void step() {
            // The keys are alike, so the first change is of key a.
            boolean onlyA = given.isEmpty();
            int others = 3 + (onlyA ? 0 : 1) + (flushing ? 0 : 1);
            int count = others;
            for (Sent sent : inFlight) {
                count += answers(sent).size();
            }
            int choice = choices.take(count);
            switch (choice) {
                case 0 -> apply(Kind.PUT, Changes.put("a", value++));
                case 1 -> apply(Kind.DELETE, Changes.delete("a"));
                case 2 -> {
                    took(Kind.CLOCK, List.of(), "clock");
                    loop.advanceMillis(10);
                }
                default -> {
                    if (choice >= others) {
                        answerNumber(choice - others);
                    } else if (choice == 3 && !onlyA) {
                        apply(Kind.PUT, Changes.put("b", value++));
                    } else {
                        took(Kind.FLUSH, List.of(), "flush");
                        flush();
                    }
                }
            }
        }

        private void took(Kind kind, List<Change> changes, String what) {
            kinds.add(kind);
            if (tells) {
                steps.add(Changes.text(changes) + what);
            }
        }

        private void apply(Kind kind, Change change) {
            took(kind, List.of(change), "");
            given.add(change);
            try {
                writer.apply(change);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** After it the table has, of each key, what was given last before it, or something newer. */
        private void flush() {
            int before = given.size();
            flushing = true;
            try {
                writer.flush();
            } catch (InterruptedException | MirrorException e) {
                throw new AssertionError(e);
            } finally {
                flushing = false;
            }
            Map<Key, Integer> last = new HashMap<>();
            for (int i = 0; i < before; i++) {
                last.put(given.get(i).key(), i);
            }
            last.forEach((key, number) -> check(
                    newest.getOrDefault(key, -1) >= number
                            || refused.contains(given.get(number))
                            || given.subList(number, given.size()).stream()
                                    .anyMatch(change -> change.key().equals(key) && refused.contains(change)),
                    "a flush waits for what was given before it"));
        }

        /** What DynamoDB, or the network, may do with a request. */
        private enum Answer {
            APPLIED(Kind.APPLIED),
            UNPROCESSED_ALL(Kind.UNPROCESSED),
            THROTTLED(Kind.THROTTLED),
            LOST(Kind.LOST),
            LOST_AFTER(Kind.LOST_AFTER),
            INVALID(Kind.INVALID),
            UNPROCESSED_FIRST(Kind.UNPROCESSED),
            UNPROCESSED_SECOND(Kind.UNPROCESSED),
            LOST_AFTER_FIRST(Kind.LOST_AFTER);

            final Kind kind;

            Answer(Kind kind) {
                this.kind = kind;
            }
        }

        private static final List<Answer> TWO = List.of(Answer.values());
        private static final List<Answer> ONE = TWO.subList(0, 6);

        private static List<Answer> answers(Sent sent) {
            return sent.changes.size() == 1 ? ONE : TWO;
        }

        private void answerNumber(int number) {
            int left = number;
            for (Sent sent : inFlight) {
                List<Answer> answers = answers(sent);
                if (left < answers.size()) {
                    answer(sent, answers.get(left));
                    return;
                }
                left -= answers.size();
            }
            throw new AssertionError("no answer " + number);
        }

        private void answer(Sent sent, Answer answer) {
            inFlight.remove(sent);
            List<Change> changes = sent.changes;
            Change first = changes.get(0);
            Change last = changes.get(changes.size() - 1);
            took(answer.kind, changes, ": " + answer);
            if (answer.kind == Kind.LOST || answer.kind == Kind.LOST_AFTER) {
                changes.forEach(change -> unknown.put(change.key(), change));
            } else if (answer == Answer.APPLIED || (answer == Answer.INVALID && changes.size() == 1)) {
                changes.forEach(change -> unknown.remove(change.key()));
            } else if (answer == Answer.UNPROCESSED_FIRST) {
                unknown.remove(last.key());
            } else if (answer == Answer.UNPROCESSED_SECOND) {
                unknown.remove(first.key());
            }
            switch (answer) {
                case APPLIED -> {
                    changes.forEach(this::write);
                    reply(sent, new BatchReply.Answered(Set.of(), 1));
                }
                case UNPROCESSED_FIRST -> {
                    write(last);
                    reply(sent, new BatchReply.Answered(Set.of(first.key()), 1));
                }
                case UNPROCESSED_SECOND -> {
                    write(first);
                    reply(sent, new BatchReply.Answered(Set.of(last.key()), 1));
                }
                case UNPROCESSED_ALL ->
                    reply(sent, new BatchReply.Answered(new HashSet<>(List.of(first.key(), last.key())), 0));
                case THROTTLED -> reply(sent, new BatchReply.Throttled("slow", Set.of()));
                case LOST -> reply(sent, new BatchReply.Unknown("lost"));
                case LOST_AFTER -> {
                    changes.forEach(this::write);
                    reply(sent, new BatchReply.Unknown("lost"));
                }
                case LOST_AFTER_FIRST -> {
                    write(first);
                    reply(sent, new BatchReply.Unknown("lost"));
                }
                case INVALID -> reply(sent, new BatchReply.Invalid("bad"));
            }
        }

        private void reply(Sent sent, BatchReply reply) {
            sent.reply.complete(reply);
            if (!flushing) {
                loop.runDue();
            }
        }

        private void write(Change change) {
            int number = indexOf(change);
            check(number >= newest.getOrDefault(change.key(), -1), "no older change after a newer one");
            newest.put(change.key(), number);
            table.put(change.key(), change);
        }

        private int indexOf(Change change) {
            for (int i = 0; i < given.size(); i++) {
                if (given.get(i) == change) {
                    return i;
                }
            }
            throw new AssertionError("a change that was never given: " + Changes.text(change));
        }

        @Override
        public CompletableFuture<BatchReply> send(List<Change> changes) {
            Set<Key> keys = new HashSet<>();
            inFlight.forEach(sent -> sent.changes.forEach(change -> keys.add(change.key())));
            for (Change change : changes) {
                check(keys.add(change.key()), "one change in flight for a key");
                Change lost = unknown.get(change.key());
                check(lost == null || lost == change, "what may have been applied is sent again before anything newer");
            }
            Sent sent = new Sent(List.copyOf(changes), new CompletableFuture<>());
            inFlight.add(sent);
            return sent.reply;
        }

        @Override
        public void close() {}

        private static void check(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError("not so: " + what);
            }
        }
    }

    /** Draws no pauses at all, so that each step counts. */
    private static final class Shortest implements RandomGenerator {

        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return 0;
        }
    }
}
