package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.item.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PendingChangesTest {

    private static final List<Verdict> VERDICTS = List.of(Verdict.APPLIED, Verdict.AGAIN, Verdict.UNKNOWN);

    private final PendingChanges pending =
            new PendingChanges(new BackOff(new SplittableRandom(1), Duration.ofMillis(1), Duration.ofMillis(1)), 0);
    private final List<Change> inFlight = new ArrayList<>();
    private long now;

    @AfterEach
    void everythingCanBeWritten() {
        long mark = pending.mark();
        for (int round = 0; !inFlight.isEmpty() || pending.readyCount() > 0 || pending.isDelaying(); round++) {
            assertThat(round).as("rounds").isLessThan(100);
            take(25);
            while (!inFlight.isEmpty()) {
                settle(inFlight.get(0), Verdict.APPLIED);
            }
        }
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.isWritten(mark)).isTrue();
        assertThat(pending.count()).isZero();
        assertThat(pending.bytes()).isZero();
    }

    @Test
    void countsChangesAndTheirBytes() {
        Change a = Changes.put("a", 1);
        Change b = Changes.put("b", 22);
        add(a);
        add(b);
        assertThat(pending.count()).isEqualTo(2);
        assertThat(pending.bytes()).isEqualTo(a.wire().length + b.wire().length);
        take(25);
        assertThat(pending.count()).isEqualTo(2);
        settle(a, Verdict.APPLIED);
        assertThat(pending.count()).isEqualTo(1);
        assertThat(pending.bytes()).isEqualTo(b.wire().length);
    }

    @Test
    void aMergeKeepsThePlaceAndTheTimeOfTheFirst() {
        now = 5;
        add(Changes.put("a", 1));
        now = 6;
        add(Changes.put("b", 1));
        Change newer = Changes.delete("a");
        now = 7;
        assertThat(pending.add(newer, now)).isEqualTo(PendingChanges.Added.MERGED);
        assertThat(pending.readySince()).isEqualTo(5);
        assertThat(pending.bytes())
                .isEqualTo(newer.wire().length + Changes.put("b", 1).wire().length);
        assertThat(take(25)).isEqualTo("-a b=1");
    }

    @Test
    void takesTheOldestFirstAndEachKeyOnce() {
        add(Changes.put("a", 1));
        add(Changes.put("b", 1));
        add(Changes.put("c", 1));
        assertThat(take(2)).isEqualTo("a=1 b=1");
        assertThat(pending.add(Changes.put("a", 2), now)).isEqualTo(PendingChanges.Added.NEW);
        assertThat(pending.add(Changes.put("a", 3), now)).isEqualTo(PendingChanges.Added.MERGED);
        assertThat(pending.readyCount()).isEqualTo(1);
        assertThat(take(25)).isEqualTo("c=1");
        assertThat(take(25)).isEmpty();
    }

    @Test
    void takesWithinTheBytesButAtLeastOne() {
        Change a = Changes.put("a", 1);
        add(a);
        add(Changes.put("b", 1));
        add(Changes.put("c", 1));
        assertThat(taken(take(25, 2L * a.wire().length, 0))).isEqualTo("a=1 b=1");
        assertThat(taken(take(25, 1, 0))).isEqualTo("c=1");
    }

    @Test
    void whatIsSentAgainGoesFirst() {
        add(Changes.put("a", 1));
        add(Changes.put("b", 1));
        take(1);
        settle(inFlight.get(0), Verdict.AGAIN);
        assertThat(take(25)).isEqualTo("a=1 b=1");
    }

    @Test
    void aNewerChangeSupersedesWhatWouldBeSentAgain() {
        add(Changes.put("a", 1));
        take(1);
        add(Changes.put("a", 2));
        assertThat(settle(inFlight.get(0), Verdict.AGAIN)).isTrue();
        assertThat(pending.count()).isEqualTo(1);
        assertThat(take(25)).isEqualTo("a=2");
    }

    @Test
    void nothingSupersedesAnUnknownOutcome() {
        add(Changes.put("a", 1));
        take(1);
        add(Changes.put("a", 2));
        assertThat(settle(inFlight.get(0), Verdict.UNKNOWN)).isFalse();
        assertThat(pending.add(Changes.put("a", 3), now)).isEqualTo(PendingChanges.Added.MERGED);
        assertThat(take(25)).isEqualTo("a=1");
        assertThat(settle(inFlight.get(0), Verdict.AGAIN)).isFalse();
        assertThat(take(25)).isEqualTo("a=1");
        assertThat(settle(inFlight.get(0), Verdict.APPLIED)).isFalse();
        assertThat(take(25)).isEqualTo("a=3");
        // The new change is as good as any other.
        add(Changes.put("a", 4));
        assertThat(settle(inFlight.get(0), Verdict.AGAIN)).isTrue();
        assertThat(take(25)).isEqualTo("a=4");
    }

    /** DynamoDB would not have applied it: what was given before has the newer version. */
    @Test
    void aChangeOfAnOlderVersionReplacesNothing() {
        add(Changes.version("a", 2, 7));
        assertThat(pending.add(Changes.version("a", 1, 5), now)).isEqualTo(PendingChanges.Added.MERGED);
        assertThat(pending.count()).isEqualTo(1);
        assertThat(take(25)).isEqualTo("a=2");
        add(Changes.version("a", 3, 6));
        assertThat(pending.add(Changes.version("a", 4, 6), now)).isEqualTo(PendingChanges.Added.MERGED);
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(take(25)).as("what was in flight is DynamoDB's business").isEqualTo("a=3");
    }

    /** The newer version was forgotten, and the older one written in its place. */
    @Test
    void aChangeOfAnOlderVersionDoesNotSupersedeWhatIsSentAgain() {
        add(Changes.version("a", 1, 5));
        take(25);
        add(Changes.version("a", 2, 3));
        assertThat(settle(inFlight.get(0), Verdict.AGAIN)).isFalse();
        assertThat(take(25)).isEqualTo("a=1");
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(take(25)).as("which DynamoDB will call older").isEqualTo("a=2");
    }

    @Test
    void anUnknownChangeThatWaitsLetsNewerOnesMergeBehindIt() {
        add(Changes.put("a", 1));
        take(1);
        settle(inFlight.get(0), Verdict.UNKNOWN);
        assertThat(pending.add(Changes.put("a", 2), now)).isEqualTo(PendingChanges.Added.NEW);
        assertThat(pending.count()).isEqualTo(2);
    }

    @Test
    void onlyWhatIsInFlightIsSettled() {
        Change a = Changes.put("a", 1);
        assertThatThrownBy(() -> pending.settle(a, Verdict.APPLIED, 1, now))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such change is in flight: \"a\"");
        add(a);
        assertThatThrownBy(() -> pending.settle(a, Verdict.APPLIED, 1, now))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such change is in flight: \"a\"");
    }

    @Test
    void whatWasGivenBeforeAMarkIsWrittenWhenItIs() {
        assertThat(pending.isWritten(pending.mark())).isTrue();
        Change a = Changes.put("a", 1);
        Change b = Changes.put("b", 1);
        add(a);
        long first = pending.mark();
        add(b);
        long second = pending.mark();
        take(25);
        assertThat(pending.isWritten(first)).isFalse();
        settle(b, Verdict.APPLIED);
        assertThat(pending.isWritten(first)).isFalse();
        assertThat(pending.isWritten(second)).isFalse();
        settle(a, Verdict.APPLIED);
        assertThat(pending.isWritten(first)).isTrue();
        assertThat(pending.isWritten(second)).isTrue();
    }

    @Test
    void theOldestChangeIsThatWhichHasWaitedLongest() {
        now = Duration.ofSeconds(5).toNanos();
        add(Changes.put("a", 1));
        assertThat(pending.oldestSince()).isEqualTo(now);
        long begin = now;
        now += Duration.ofSeconds(2).toNanos();
        add(Changes.put("a", 2));
        add(Changes.put("b", 1));
        now += Duration.ofSeconds(2).toNanos();
        long mark = pending.mark();
        add(Changes.put("c", 1));
        assertThat(pending.oldestSince()).isEqualTo(begin);

        take(1);
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(pending.oldestSince())
                .isEqualTo(begin + Duration.ofSeconds(2).toNanos());
        take(1);
        assertThat(pending.isWritten(mark)).isFalse();
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(pending.isWritten(mark)).isTrue();
        assertThat(pending.oldestSince()).isEqualTo(now);
    }

    @Test
    void whatComesAfterAMarkIsNotWaitedFor() {
        Change a = Changes.put("a", 1);
        add(a);
        long mark = pending.mark();
        take(25);
        add(Changes.put("a", 2));
        add(Changes.put("b", 1));
        settle(a, Verdict.APPLIED);
        assertThat(pending.isWritten(mark)).isTrue();
        assertThat(pending.count()).isEqualTo(2);
    }

    @Test
    void aChangeStandsForThoseThatItReplaced() {
        add(Changes.put("waits", 1));
        add(Changes.put("flies", 1));
        add(Changes.put("fails", 1));
        long mark = pending.mark();
        add(Changes.put("waits", 2));
        take(25);
        add(Changes.put("flies", 2));
        add(Changes.put("fails", 2));
        settle(inFlight.get(0), Verdict.APPLIED);
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(pending.isWritten(mark)).isFalse();
        assertThat(settle(inFlight.get(0), Verdict.AGAIN)).isTrue();
        assertThat(pending.isWritten(mark)).isFalse();
        assertThat(take(25)).isEqualTo("fails=2 flies=2");
        settle(inFlight.get(1), Verdict.APPLIED);
        assertThat(pending.isWritten(mark)).isFalse();
        settle(inFlight.get(0), Verdict.APPLIED);
        assertThat(pending.isWritten(mark)).isTrue();
    }

    @Test
    void aYoungDeleteIsPutAsideUntilItHasLingered() {
        now = 100;
        add(Changes.delete("a"));
        add(Changes.put("b", 1));
        now = 149;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("b=1");
        assertThat(pending.readyCount()).isZero();
        assertThat(pending.isLingering()).isTrue();
        assertThat(pending.lingeringSince()).isEqualTo(100);
        now = 150;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("-a");
        assertThat(pending.isLingering()).isFalse();
    }

    @Test
    void aDeleteLingersFromItsOwnTimeNotFromThatOfThePutThatItReplaced() {
        now = 100;
        add(Changes.put("a", 1));
        now = 140;
        add(Changes.delete("a"));
        now = 160;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEmpty();
        now = 190;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("-a");
    }

    @Test
    void aPutThatReplacesALingeringDeleteNeedNotLinger() {
        now = 100;
        add(Changes.delete("a"));
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEmpty();
        add(Changes.put("a", 2));
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("a=2");
    }

    /** It began to linger anew each time, and held up all that lingered behind it. */
    @Test
    void aDeleteThatIsGivenAgainAndAgainIsSentAndHoldsUpNobody() {
        for (now = 100; now < 150; now += 10) {
            add(Changes.delete("a"));
            assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEmpty();
        }
        add(Changes.delete("b"));
        add(Changes.delete("a"));
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("-a");
        now = 200;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("-b");
    }

    @Test
    void aPutThatReplacesALingeringDeleteIsNotHeldUpByOthersThatLinger() {
        now = 100;
        add(Changes.delete("a"));
        add(Changes.delete("b"));
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEmpty();
        now = 110;
        add(Changes.put("b", 1));
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("b=1");
    }

    @Test
    void aDeleteBehindAChangeInFlightLingersFromItsOwnTime() {
        now = 100;
        Change first = Changes.put("a", 1);
        add(first);
        assertThat(take(25)).isEqualTo("a=1");
        now = 110;
        add(Changes.delete("a"));
        now = 155;
        settle(first, Verdict.APPLIED);
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEmpty();
        now = 160;
        assertThat(taken(take(25, Long.MAX_VALUE, 50))).isEqualTo("-a");
    }

    @Test
    void countsHoldThroughAnyScript() {
        SplittableRandom random = new SplittableRandom(7);
        int given = 0;
        int gone = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) == 0) {
                given++;
                if (pending.add(Changes.put("k" + random.nextInt(5), step), now) == PendingChanges.Added.MERGED) {
                    gone++;
                }
            } else if (random.nextBoolean()) {
                take(1 + random.nextInt(3));
            } else if (!inFlight.isEmpty()) {
                Verdict verdict = VERDICTS.get(random.nextInt(3));
                boolean superseded = settle(inFlight.get(random.nextInt(inFlight.size())), verdict);
                if (superseded || verdict == Verdict.APPLIED) {
                    gone++;
                }
            }
            assertThat(pending.count()).isEqualTo(given - gone);
            assertThat(pending.count()).isGreaterThanOrEqualTo(inFlight.size() + pending.readyCount());
        }
    }

    private void add(Change change) {
        pending.add(change, now);
    }

    private String take(int count) {
        return taken(take(count, Long.MAX_VALUE, 0));
    }

    private List<Change> take(int count, long bytes, long linger) {
        pending.endDelays(now + 1_000_000);
        pending.endLingering(now, linger);
        return pending.take(new PendingChanges.Bounds(count, bytes, Long.MAX_VALUE), now, linger);
    }

    private String taken(List<Change> changes) {
        inFlight.addAll(changes);
        return Changes.text(changes);
    }

    private boolean settle(Change change, Verdict verdict) {
        inFlight.remove(change);
        return pending.settle(change, verdict, 1, now);
    }
}
