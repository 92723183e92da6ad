package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A writer with all that it stands on, and after each test the check of what must always hold: everything that was taken
 * reaches the table unless the mirror failed, nothing is left in flight, every change is accounted for, and no key ever
 * went back to an older change.
 */
final class WriterHarness implements AfterEachCallback {

    /** Draws the longest pause that is allowed, which makes pauses predictable. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new AssertionError("only bounded numbers are drawn");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    /** Deletes linger as long as puts do, which makes scripts easier to follow. */
    static final WriterSettings USUAL = new WriterSettings(
            WriterSettings.DEFAULT.maxPendingChanges(),
            WriterSettings.DEFAULT.maxPendingBytes(),
            WriterSettings.DEFAULT.linger(),
            WriterSettings.DEFAULT.linger(),
            WriterSettings.DEFAULT.giveUpAfter(),
            null);

    final SteppedLoop loop = new SteppedLoop();

    /** What was refused, in order: {@code a=1: ValidationException: no}. */
    final List<String> refused = new ArrayList<>();

    /** Whether a refused change fails the mirror. */
    boolean failsWhenRefused;

    final List<String> throttledBy = new ArrayList<>();

    private final WriterListener listener = new WriterListener() {
        @Override
        public void replied(long nanos) {}

        @Override
        public void refused(Change change, String reason) {
            refused.add(Changes.text(change) + ": " + reason);
            lastRefused.put(change.key(), change);
            if (failsWhenRefused) {
                WriterListener.failing("t").refused(change, reason);
            }
        }

        @Override
        public void throttledBy(String reason) {
            throttledBy.add(reason);
        }
    };
    final ScriptedTransport transport = new ScriptedTransport();
    final Map<Key, Change> lastGiven = new HashMap<>();
    private final Map<Key, Change> lastRefused = new HashMap<>();
    private final IdentityHashMap<Change, Integer> numbers = new IdentityHashMap<>();
    MirrorWriter writer;

    WriterHarness() {
        this(USUAL, LONGEST);
    }

    WriterHarness(WriterSettings settings, RandomGenerator random) {
        this.writer = new MirrorWriter("t", transport, loop, random, settings, listener);
    }

    void use(WriterSettings settings) {
        this.writer = new MirrorWriter("t", transport, loop, LONGEST, settings, listener);
    }

    static WriterSettings limits(int maxChanges, long maxBytes) {
        return new WriterSettings(
                maxChanges, maxBytes, USUAL.linger(), USUAL.deleteLinger(), USUAL.giveUpAfter(), null);
    }

    static WriterSettings times(Duration linger, Duration giveUpAfter) {
        return new WriterSettings(
                USUAL.maxPendingChanges(), USUAL.maxPendingBytes(), linger, linger, giveUpAfter, null);
    }

    static WriterSettings budget(double writeUnitsPerSecond) {
        return USUAL.with(USUAL.giveUpAfter(), writeUnitsPerSecond);
    }

    void put(String key, int value) {
        apply(Changes.put(key, value));
    }

    void delete(String key) {
        apply(Changes.delete(key));
    }

    void apply(Change change) {
        try {
            writer.apply(change);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        numbers.put(change, numbers.size());
        lastGiven.put(change.key(), change);
    }

    void flush() {
        try {
            writer.flush();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The requests in flight: {@code [[a=1 b=2], [-c]]}. */
    String inFlight() {
        return transport.inFlight().toString();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        settleAndCheck();
    }

    /** Lets everything through that is still on its way, and checks what must hold then. */
    void settleAndCheck() {
        checkCounts();
        boolean failed = false;
        try {
            loop.whenIdle = transport::answeredOldest;
            flush();
        } catch (MirrorException e) {
            failed = true;
            while (transport.answeredOldest()) {
                loop.runDue();
            }
        }
        checkCounts();
        checkOrder();
        assertThat(writer.requestsInFlight()).as("requests in flight").isZero();
        assertThat(transport.inFlight()).isEmpty();
        if (!failed) {
            assertThat(writer.pendingChanges()).as("pending changes").isZero();
            lastGiven.forEach((key, change) -> {
                if (lastRefused.get(key) != change) {
                    assertThat(transport.table.get(key)).as("in the table").isSameAs(change);
                }
            });
        }
    }

    void checkCounts() {
        WriterStatistics statistics = writer.statistics();
        assertThat(statistics.put()
                        + statistics.deleted()
                        + statistics.merged()
                        + statistics.refused()
                        + statistics.overtaken()
                        + writer.pendingChanges())
                .as("put + deleted + merged + refused + overtaken + pending, for all that was taken")
                .isEqualTo(numbers.size());
    }

    private void checkOrder() {
        Map<Key, Integer> newest = new HashMap<>();
        for (Change change : transport.applied) {
            int number = Objects.requireNonNull(numbers.get(change));
            assertThat(number)
                    .as("no older change after a newer one of " + change.key())
                    .isGreaterThanOrEqualTo(newest.getOrDefault(change.key(), -1));
            newest.put(change.key(), number);
        }
    }
}
