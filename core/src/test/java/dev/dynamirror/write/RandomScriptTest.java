package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Many short random scripts against the writer: changes of few keys, every kind of answer in any order, a clock that
 * moves by leaps, flushes. {@link ScriptedTransport} sees to it that no key is twice in flight, {@link WriterHarness}
 * that no key goes back to an older change, that the last one is what stays, and that all changes are accounted for.
 */
final class RandomScriptTest {

    private static final int SCRIPTS = 20_000;

    @Test
    void whateverHappensTheTableFollows() {
        for (int seed = 0; seed < SCRIPTS; seed++) {
            try {
                new Script(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("script " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Script {

        private final SplittableRandom random;
        private final WriterHarness harness;
        private final int keys;
        private int value;

        Script(long seed) {
            this.random = new SplittableRandom(seed);
            this.keys = 2 + random.nextInt(2);
            WriterSettings settings = new WriterSettings(
                    random.nextBoolean() ? 3 : 1000,
                    random.nextInt(4) == 0 ? 150 : 1_000_000,
                    Duration.ofMillis(random.nextInt(3) * 50L),
                    Duration.ofMillis(random.nextInt(3) * 50L),
                    Duration.ofHours(10),
                    random.nextInt(4) == 0 ? 20.0 : null);
            this.harness = new WriterHarness(settings, random.split());
            harness.loop.whenIdle = () -> {
                if (harness.transport.inFlight().isEmpty()) {
                    return false;
                }
                answerOne();
                return true;
            };
        }

        void run() {
            int steps = 5 + random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                step();
                harness.checkCounts();
            }
            harness.settleAndCheck();
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> harness.put(key(), value++);
                case 3 -> harness.delete(key());
                case 4, 5 -> {
                    if (!harness.transport.inFlight().isEmpty()) {
                        answerOne();
                    }
                }
                case 6 -> harness.loop.ranOne();
                case 7 -> harness.loop.runDue();
                case 8 -> harness.loop.clock.advance(Duration.ofMillis(1L << random.nextInt(12)));
                default -> {
                    if (random.nextInt(3) == 0) {
                        flush();
                    }
                }
            }
        }

        private String key() {
            return "k" + random.nextInt(keys);
        }

        /** After it the table has, of each key, what was given last. */
        private void flush() {
            Map<Key, Change> given = new HashMap<>(harness.lastGiven);
            harness.flush();
            given.forEach((key, change) ->
                    assertThat(harness.transport.table.get(key)).as("flushed").isSameAs(change));
        }

        private void answerOne() {
            var inFlight = harness.transport.inFlight();
            ScriptedTransport.Request request = inFlight.get(random.nextInt(inFlight.size()));
            switch (random.nextInt(8)) {
                case 0 -> request.throttle();
                case 1 -> {
                    // Some of it was done, and nobody was told.
                    for (Change change : request.changes) {
                        if (random.nextBoolean()) {
                            request.apply(change);
                        }
                    }
                    request.lose();
                }
                case 2, 3 -> {
                    Set<Key> unprocessed = new HashSet<>();
                    for (Change change : request.changes) {
                        if (random.nextBoolean()) {
                            unprocessed.add(change.key());
                        }
                    }
                    request.unprocessed(unprocessed);
                }
                default -> request.answer();
            }
        }
    }
}
