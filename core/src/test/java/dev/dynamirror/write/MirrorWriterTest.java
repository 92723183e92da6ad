package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MirrorWriterTest {

    /** A third of what may be pending is a full batch, so that it does not linger. */
    private static final WriterSettings CROWDED_BY_25 = WriterHarness.limits(75, Long.MAX_VALUE);

    @RegisterExtension
    final WriterHarness harness = new WriterHarness();

    private final SteppedLoop loop = harness.loop;
    private final ScriptedTransport transport = harness.transport;

    // Merging, muting, order

    @Test
    void changesLingerAMomentAndGoTogether() {
        harness.put("a", 1);
        loop.advanceMillis(30);
        harness.put("b", 2);
        harness.put("c", 3);
        loop.advanceMillis(19);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[a=1 b=2 c=3]]");
        transport.oldest().answer();
        loop.runDue();
        assertThat(harness.writer.statistics().put()).isEqualTo(3);
        assertThat(harness.writer.statistics().requests()).isEqualTo(1);
        assertThat(harness.writer.pendingChanges()).isZero();
    }

    @Test
    void aNewerChangeReplacesAnOlderOneThatWaits() {
        harness.put("a", 1);
        harness.put("b", 1);
        harness.delete("a");
        harness.put("a", 2);
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=2 b=1]]");
        assertThat(harness.writer.statistics().merged()).isEqualTo(2);
    }

    @Test
    void mergingDoesNotMakeAKeyWaitLonger() {
        harness.put("a", 1);
        loop.advanceMillis(40);
        harness.put("a", 2);
        loop.advanceMillis(10);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
    }

    @Test
    void aKeyInFlightIsMuted() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        harness.put("b", 1);
        harness.put("a", 3);
        loop.advanceMillis(1000);
        assertThat(harness.inFlight()).isEqualTo("[[a=1], [b=1]]");
        transport.oldest().answer();
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[b=1], [a=3]]");
        assertThat(harness.writer.statistics().merged()).isEqualTo(1);
    }

    @Test
    void repliesMayComeInAnyOrder() {
        for (String key : new String[] {"a", "b", "c"}) {
            harness.put(key, 1);
            loop.advanceMillis(50);
        }
        harness.put("b", 2);
        assertThat(harness.inFlight()).isEqualTo("[[a=1], [b=1], [c=1]]");
        transport.inFlight().get(2).answer();
        transport.inFlight().get(1).answer();
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=1], [b=2]]");
    }

    // Deletes

    @Test
    void aDeleteLingersEvenWhenOthersGoAtOnce() {
        harness.use(CROWDED_BY_25);
        harness.delete("a");
        loop.advanceMillis(10);
        putMany(25);
        assertThat(transport.inFlight()).hasSize(1);
        loop.advanceMillis(49);
        assertThat(harness.inFlight()).doesNotContain("-a");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).endsWith("[-a k24=0]]");
    }

    /** It took 24 others along that had not lingered, and so did each other delete. */
    @Test
    void aDeleteGoesWithTheNextBatch() {
        harness.use(lingers(Duration.ofMillis(50), Duration.ofMillis(75)));
        harness.delete("a");
        harness.put("b", 1);
        loop.advanceMillis(40);
        harness.put("c", 1);
        loop.advanceMillis(10);
        assertThat(harness.inFlight()).isEqualTo("[[b=1 c=1]]");
        harness.put("d", 1);
        loop.advanceMillis(49);
        assertThat(transport.inFlight())
                .as("the delete has lingered, but a batch was just sent")
                .hasSize(1);
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[b=1 c=1], [-a d=1]]");
    }

    @Test
    void aDeleteGoesByItselfIfThereIsNoOtherBatch() {
        harness.use(lingers(Duration.ofMillis(50), Duration.ofMillis(500)));
        harness.delete("a");
        for (int i = 0; i < 4; i++) {
            loop.advanceMillis(100);
        }
        loop.advanceMillis(99);
        harness.put("b", 1);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[-a b=1]]");
    }

    /** It went at once and took 24 others along; a delete of each key in eight left hardly anything to linger. */
    @Test
    void aPutThatReplacesADeleteAtItsTurnGoesWithTheNextBatch() {
        harness.use(lingers(Duration.ofMillis(50), Duration.ofMillis(500)));
        harness.delete("a");
        harness.put("b", 1);
        loop.advanceMillis(50);
        harness.put("c", 1);
        harness.put("a", 1);
        loop.advanceMillis(49);
        assertThat(harness.inFlight()).isEqualTo("[[b=1]]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[b=1], [a=1 c=1]]");
    }

    /** After a long collection of garbage the timer came first, and the insert that had come meanwhile too late. */
    @Test
    void aDeleteIsHeldBackWhenTheThreadStoodStill() {
        harness.delete("a");
        loop.clock.advance(Duration.ofSeconds(1));
        loop.runDue();
        assertThat(harness.inFlight()).isEqualTo("[]");
        harness.put("a", 2);
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
        transport.oldest().answer();
        loop.runDue();
        harness.delete("a");
        loop.clock.advance(Duration.ofSeconds(1));
        loop.runDue();
        loop.advanceMillis(199);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[-a]]");
    }

    /** A timer that is due when the wait ends is late, too, and was once taken for another standstill, for ever. */
    @Test
    void aStandstillHoldsADeleteBackOnceEvenIfTimersAreLate() {
        loop.lateness = Duration.ofNanos(100_000);
        harness.delete("a");
        loop.clock.advance(Duration.ofSeconds(1));
        loop.runDue();
        for (int i = 0; i < 200; i++) {
            loop.advanceMillis(1);
            assertThat(harness.inFlight()).isEqualTo("[]");
        }
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[-a]]");
    }

    /** They have waited long enough, and take nobody along. */
    @Test
    void manyDeletesGoTogetherOnceTheyHaveLingered() {
        harness.use(WriterSettings.DEFAULT);
        for (int i = 0; i < 110; i++) {
            harness.delete("k" + i);
        }
        for (int i = 0; i < 9; i++) {
            loop.advanceMillis(50);
            assertThat(transport.inFlight()).isEmpty();
        }
        loop.advanceMillis(50);
        assertThat(transport.inFlight()).hasSize(4);
        loop.advanceMillis(50);
        assertThat(transport.inFlight()).hasSize(5);
    }

    /** The same, of requests of their own. */
    @Test
    void manyDeletesThatGoAloneDoSoOnceTheyHaveLingered() {
        harness.use(WriterSettings.DEFAULT);
        for (int i = 0; i < 7; i++) {
            harness.apply(Changes.versionedDelete("k" + i, 1));
        }
        for (int i = 0; i < 9; i++) {
            loop.advanceMillis(50);
            assertThat(transport.inFlight()).isEmpty();
        }
        loop.advanceMillis(50);
        assertThat(transport.inFlight()).hasSize(7);
    }

    /** Each reply that took its time would have held the delete back once more. */
    @Test
    void slowRepliesHoldNoDeleteBackForEver() {
        harness.delete("a");
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 25; j++) {
                harness.put("k" + i + "-" + j, 0);
            }
        }
        for (int i = 0; i < 30; i++) {
            loop.advanceMillis(100);
            if (i % 3 == 2 && transport.answeredOldest()) {
                loop.runDue();
            }
        }
        assertThat(transport.appliedText()).contains("-a");
    }

    @Test
    void updatesGivenAsDeletesAndInsertsAreOnePutEach() {
        for (int i = 0; i < 1_000; i++) {
            harness.delete("k" + i);
            harness.put("k" + i, i);
        }
        answerWhenIdle();
        harness.flush();
        assertThat(harness.writer.statistics().put()).isEqualTo(1_000);
        assertThat(harness.writer.statistics().deleted()).isZero();
    }

    @Test
    void aWriterFullOfDeletesGoesOn() {
        harness.use(WriterHarness.limits(3, Long.MAX_VALUE));
        harness.delete("a");
        harness.delete("b");
        harness.delete("c");
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[-a -b -c]]");
    }

    @Test
    void aFlushDoesNotLetDeletesLinger() {
        harness.delete("a");
        answerWhenIdle();
        harness.flush();
        assertThat(transport.appliedText()).isEqualTo("-a");
        assertThat(loop.clock.elapsed()).isZero();
    }

    // Batches

    @Test
    void aFullBatchLingersToo() {
        putMany(25);
        loop.advanceMillis(49);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(transport.inFlight()).hasSize(1);
        assertThat(transport.oldest().changes).hasSize(25);
    }

    @Test
    void theOldestDoNotLingerWhenAThirdOfWhatMayBePendingDoes() {
        putMany(3_332);
        assertThat(harness.inFlight()).isEqualTo("[]");
        harness.put("k3332", 0);
        assertThat(transport.inFlight()).hasSize(1);
        assertThat(transport.oldest().toString()).startsWith("[k0=0 k1=0 ").endsWith(" k24=0]");
        for (int i = 3_333; i < 3_357; i++) {
            harness.put("k" + i, 0);
        }
        assertThat(transport.inFlight()).hasSize(1);
        harness.put("k3357", 0);
        assertThat(transport.inFlight()).hasSize(2);
    }

    /** Of large items, too, there are some that merge. */
    @Test
    void aThirdLingersWhenTheBytesAreFull() {
        harness.use(WriterHarness.limits(10_000, 100_000));
        answerWhenIdle();
        for (int i = 0; i < 120; i++) {
            harness.apply(Changes.put("k" + i, "x".repeat(940)));
        }
        // 100 of 1,000 bytes are pending, of which 75 were sent.
        assertThat(transport.inFlight().size() + transport.applied.size() / 25).isEqualTo(3);
    }

    @Test
    void whatIsLeftBesideFullBatchesLingers() {
        harness.use(CROWDED_BY_25);
        putMany(60);
        assertThat(transport.inFlight())
                .extracting(request -> request.changes.size())
                .containsExactly(25, 25);
        loop.advanceMillis(50);
        assertThat(transport.inFlight())
                .extracting(request -> request.changes.size())
                .containsExactly(25, 25, 10);
    }

    @Test
    void aBatchStaysWithinTheBytesOfARequest() {
        for (String key : new String[] {"a", "b", "c", "d"}) {
            harness.apply(Changes.put(key, "x".repeat(6_000_000)));
        }
        loop.advanceMillis(50);
        assertThat(transport.inFlight())
                .extracting(request -> request.changes.size())
                .containsExactly(2, 2);
    }

    @Test
    void aChangeThatIsTooLargeForAnyRequestGoesAlone() {
        harness.put("a", 1);
        harness.apply(Changes.put("b", "x".repeat(17_000_000)));
        harness.put("c", 1);
        loop.advanceMillis(50);
        assertThat(transport.inFlight())
                .extracting(request -> request.changes.size())
                .containsExactly(1, 1, 1);
    }

    @Test
    void severalRequestsAreInFlight() {
        putMany(300);
        loop.advanceMillis(50);
        assertThat(transport.inFlight()).hasSize(8);
        transport.inFlight().get(3).answer();
        loop.runDue();
        // One takes its place, and one more may be in flight.
        assertThat(transport.inFlight()).hasSize(9);
        assertThat(transport.inFlight().get(7).toString()).startsWith("[k200=0 ");
        assertThat(transport.inFlight().get(8).toString()).startsWith("[k225=0 ");
    }

    @Test
    void moreRequestsAreInFlightWhileRepliesAreGood() {
        putMany(4000);
        loop.advanceMillis(50);
        for (int inFlight : new int[] {8, 16, 32}) {
            assertThat(transport.inFlight()).hasSize(inFlight);
            for (int i = 0; i < inFlight; i++) {
                transport.oldest().answer();
                loop.runDue();
            }
        }
        assertThat(transport.inFlight()).hasSize(64);
        assertThat(harness.writer.statistics().requests()).isEqualTo(8 + 16 + 32 + 64);
    }

    /** It would have let everything go at once that came when DynamoDB could take no more. */
    @Test
    void requestsThatAreNotNeededLetNoMoreBeInFlight() {
        for (int i = 0; i < 20; i++) {
            putMany(175);
            loop.advanceMillis(50);
            assertThat(transport.inFlight()).hasSize(7);
            while (transport.answeredOldest()) {
                loop.runDue();
            }
        }
        putMany(400);
        loop.advanceMillis(50);
        assertThat(transport.inFlight()).hasSize(8);
    }

    @Test
    void fewerRequestsAreInFlightAfterThrottling() {
        putMany(400);
        loop.advanceMillis(50);
        transport.oldest().throttle();
        loop.runDue();
        assertThat(transport.inFlight()).hasSize(7);
        while (transport.answeredOldest()) {
            loop.runDue();
        }
        loop.advanceMillis(100);
        assertThat(transport.inFlight().size()).isBetween(4, 5);
    }

    @Test
    void requestsThatWereInFlightTogetherAreThrottledOnce() {
        putMany(400);
        loop.advanceMillis(50);
        for (int i = 0; i < 8; i++) {
            transport.oldest().throttle();
        }
        loop.runDue();
        loop.advanceMillis(100);
        assertThat(transport.inFlight()).hasSize(4);
    }

    // Retries

    @Test
    void whatWasNotProcessedIsSentAgainAfterAPause() {
        harness.put("a", 1);
        harness.delete("b");
        harness.put("c", 1);
        loop.advanceMillis(50);
        transport.oldest().unprocessed("b", "c");
        loop.runDue();
        assertThat(harness.writer.statistics().put()).isEqualTo(1);
        assertThat(harness.writer.statistics().unprocessed()).isEqualTo(2);
        assertThat(harness.writer.pendingChanges()).isEqualTo(2);
        loop.advanceMillis(24);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).isEqualTo("[[-b c=1]]");
        transport.oldest().answer();
        loop.runDue();
        assertThat(transport.appliedText()).isEqualTo("a=1 -b c=1");
    }

    @Test
    void pausesDoubleUpToFiveSeconds() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        for (long pause : new long[] {25, 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000}) {
            transport.oldest().throttle();
            loop.runDue();
            loop.advanceMillis(pause - 1);
            assertThat(harness.inFlight()).as("before " + pause).isEqualTo("[]");
            loop.advanceMillis(1);
            assertThat(harness.inFlight()).as("after " + pause).isEqualTo("[[a=1]]");
        }
        transport.oldest().answer();
        loop.runDue();
        assertThat(harness.writer.statistics().throttled()).isEqualTo(12);
        harness.put("a", 2);
        loop.advanceMillis(50);
        transport.oldest().throttle();
        loop.runDue();
        loop.advanceMillis(100);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
    }

    @Test
    void nothingIsSentDuringAPause() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        transport.oldest().throttle();
        loop.runDue();
        putMany(50);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(100);
        assertThat(transport.inFlight()).hasSize(3);
        assertThat(transport.oldest().toString()).startsWith("[a=1 k0=0 ");
    }

    @Test
    void aNewerChangeSupersedesOneThatIsToBeSentAgain() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().unprocessed("a");
        loop.runDue();
        harness.put("a", 3);
        loop.advanceMillis(100);
        assertThat(harness.inFlight()).isEqualTo("[[a=3]]");
        assertThat(harness.writer.statistics().merged()).isEqualTo(2);
        transport.oldest().answer();
        loop.runDue();
        assertThat(transport.appliedText()).isEqualTo("a=3");
    }

    @Test
    void aRequestOfUnknownOutcomeIsSentAgainBeforeAnyNewerChange() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().lose();
        loop.runDue();
        harness.put("a", 3);
        loop.advanceMillis(100);
        assertThat(harness.inFlight()).isEqualTo("[[a=1]]");
        transport.oldest().answer();
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=3]]");
        assertThat(harness.writer.statistics().merged()).isEqualTo(1);
        assertThat(harness.writer.statistics().unknown()).isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeStaysUnknownWhenTheNextAnswerIsAgain() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().lose();
        loop.runDue();
        loop.advanceMillis(100);
        transport.oldest().throttle();
        loop.runDue();
        loop.advanceMillis(200);
        assertThat(harness.inFlight()).isEqualTo("[[a=1]]");
        transport.oldest().unprocessed("a");
        loop.runDue();
        loop.advanceMillis(400);
        assertThat(harness.inFlight()).isEqualTo("[[a=1]]");
        transport.oldest().answer();
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
    }

    /** Its change would have been taken for done, and lost. */
    @Test
    void aReplyThatCallsOtherKeysUnprocessedIsNoReply() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        transport.oldest().reply(new BatchReply.Answered(Set.of(Changes.key("b")), 0));
        loop.runDue();
        assertThat(harness.writer.statistics().put()).isZero();
        assertThat(harness.writer.statistics().unknown()).isEqualTo(1);
        loop.advanceMillis(100);
        assertThat(harness.inFlight()).isEqualTo("[[a=1]]");
    }

    /** One timer only was kept, for the later moment. */
    @Test
    void aTimerForALaterMomentDoesNotHoldUpWhatIsDueSooner() {
        harness.use(new WriterSettings(
                75, Long.MAX_VALUE, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(15), null));
        putMany(25);
        harness.put("x", 1);
        transport.oldest().throttle();
        loop.runDue();
        loop.advanceMillis(100);
        assertThat(transport.inFlight()).hasSize(1);
        assertThat(transport.oldest().toString()).startsWith("[k0=0 ");
    }

    /** One hot partition held up all others. */
    @Test
    void whatIsThrottledHoldsUpNothingElseWhileOthersGetThrough() {
        harness.use(CROWDED_BY_25);
        putMany(50);
        transport.inFlight().get(0).answer();
        loop.clock.advance(Duration.ofMillis(1));
        transport.oldest().throttle();
        loop.runDue();
        for (int i = 0; i < 25; i++) {
            harness.put("other" + i, 1);
        }
        assertThat(harness.inFlight()).startsWith("[[other0=1 other1=1 ").endsWith(" other24=1]]");
    }

    @Test
    void theDelayOfAKeyDoubles() {
        harness.put("hot", 1);
        loop.advanceMillis(50);
        for (long delay : new long[] {25, 50}) {
            harness.put("other", 1);
            loop.advanceMillis(50);
            transport.inFlight().get(1).answer();
            loop.clock.advance(Duration.ofNanos(1));
            transport.oldest().unprocessed("hot");
            loop.runDue();
            loop.advanceMillis(delay - 1);
            assertThat(harness.inFlight()).as("before " + delay).isEqualTo("[]");
            loop.advanceMillis(1);
            assertThat(harness.inFlight()).as("after " + delay).isEqualTo("[[hot=1]]");
        }
    }

    @Test
    void throttlingAndFailingHavePausesOfTheirOwn() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        for (int i = 0; i < 6; i++) {
            transport.oldest().throttle();
            loop.runDue();
            loop.advance(Duration.ofSeconds(20));
        }
        transport.oldest().lose();
        loop.runDue();
        loop.advanceMillis(1_599);
        assertThat(harness.inFlight()).isEqualTo("[]");
        loop.advanceMillis(1);
        assertThat(harness.inFlight()).as("after the key's own delay").isEqualTo("[[a=1]]");
    }

    @Test
    void whatThrottlesIsTold() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        for (int i = 0; i < 2; i++) {
            transport.oldest().reply(new BatchReply.Throttled("ThrottlingException: slow", Set.of("x of index i")));
            loop.runDue();
            loop.advance(Duration.ofSeconds(20));
        }
        assertThat(harness.throttledBy).containsExactly("x of index i");
        assertThat(harness.writer.statistics().throttledBy()).isEqualTo(Map.of("x of index i", 2L));
    }

    // Changes that DynamoDB refuses

    @Test
    void oneBadChangeIsFoundAndItsNeighboursAreWritten() {
        putMany(25);
        refuseWhatHas("k17");
        harness.flush();
        assertThat(harness.refused).containsExactly("k17=0: ValidationException: no");
        assertThat(transport.applied).hasSize(24);
        assertThat(harness.writer.statistics().refused()).isEqualTo(1);
        assertThat(harness.writer.statistics().requests()).isLessThanOrEqualTo(12);
        assertThat(loop.clock.elapsed()).as("nothing is waited for").isZero();
    }

    @Test
    void allBadChangesAreFound() {
        putMany(100);
        refuseWhatHas("k3", "k4", "k30", "k99");
        harness.flush();
        assertThat(harness.refused)
                .containsExactlyInAnyOrder(
                        "k3=0: ValidationException: no",
                        "k4=0: ValidationException: no",
                        "k30=0: ValidationException: no",
                        "k99=0: ValidationException: no");
        assertThat(transport.applied).hasSize(96);
    }

    @Test
    void aNewerChangeTakesThePlaceOfASuspect() {
        harness.put("a", 1);
        harness.put("b", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().callInvalid();
        loop.runDue();
        assertThat(harness.inFlight()).isEqualTo("[[a=2], [b=1]]");
    }

    @Test
    void whatComesBehindARefusedChangeIsWritten() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().callInvalid();
        loop.advanceMillis(50);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
    }

    @Test
    void aRefusedChangeFailsTheMirrorOnceAllElseIsWritten() {
        harness.failsWhenRefused = true;
        putMany(60);
        refuseWhatHas("k17");
        assertThatThrownBy(harness::flush)
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: DynamoDB refused to put the item of key \"k17\": ValidationException: no");
        assertThat(transport.applied).hasSize(59);
        assertThatThrownBy(() -> harness.put("later", 1)).isInstanceOf(MirrorException.class);
    }

    @Test
    void nothingMoreIsTakenInAfterARefusedChange() {
        harness.failsWhenRefused = true;
        harness.put("bad", 1);
        loop.advanceMillis(50);
        harness.put("b", 1);
        loop.advanceMillis(50);
        transport.oldest().callInvalid();
        loop.runDue();
        answerWhenIdle();
        assertThatThrownBy(() -> harness.put("c", 1))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: DynamoDB refused to put the item of key \"bad\": ValidationException: no");
        assertThat(transport.appliedText()).isEqualTo("b=1");
    }

    // Versions, credentials

    @Test
    void whatSomethingNewerIsThereForIsDone() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        transport.table.put(Changes.key("a"), Objects.requireNonNull(harness.lastGiven.get(Changes.key("a"))));
        transport.oldest().reply(new BatchReply.Overtaken(false));
        loop.runDue();
        assertThat(harness.writer.pendingChanges()).isZero();
        assertThat(harness.writer.statistics().overtaken()).isEqualTo(1);
        assertThat(harness.writer.statistics().put()).isZero();
    }

    /** Its changes were taken for done, and the table stayed as the other mirror had left it. */
    @Test
    void aMirrorThatALaterOneHasOvertakenStops() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        transport.oldest().reply(new BatchReply.Overtaken(true));
        loop.runDue();
        assertFailed("table t: the item of key \"a\" has a version of a mirror that was begun later; this one stops, as"
                + " only one of them can be right");
    }

    @Test
    void expiredCredentialsAreNoFailureForAMinute() {
        harness.put("a", 1);
        AtomicInteger times = new AtomicInteger();
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            if (times.incrementAndGet() < 8) {
                transport.oldest().reply(new BatchReply.Expired("ExpiredTokenException: old"));
            } else {
                transport.oldest().answer();
            }
            return true;
        });
        harness.flush();
        assertThat(transport.appliedText()).isEqualTo("a=1");
        assertThat(loop.clock.elapsed()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void credentialsThatDynamoDbTookInBetweenHaveNotStayedExpired() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        for (int i = 0; i < 3; i++) {
            transport.oldest().reply(new BatchReply.Expired("ExpiredTokenException: old"));
            loop.advance(Duration.ofSeconds(20));
            transport.oldest().throttle();
            loop.advance(Duration.ofSeconds(20));
        }
        assertThat(loop.thrown).isEmpty();
    }

    @Test
    void whatCouldNotBeSentIsSentLater() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        transport.oldest().reply(new BatchReply.NotSent("the request can't be signed: no credentials"));
        loop.runDue();
        loop.advanceMillis(25);
        assertThat(harness.inFlight()).isEqualTo("[[a=2]]");
        assertThat(harness.writer.statistics().notSent()).isEqualTo(1);
    }

    @Test
    void credentialsThatStayExpiredFailTheMirror() {
        harness.put("a", 1);
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            transport.oldest().reply(new BatchReply.Expired("ExpiredTokenException: old"));
            return true;
        });
        assertThatThrownBy(harness::flush)
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: the credentials have expired, and no newer ones were found for 1 minutes:"
                        + " ExpiredTokenException: old");
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(66));
    }

    // The budget

    @Test
    void aBudgetIsKept() {
        harness.use(WriterHarness.budget(100));
        answerWhenIdle();
        for (int i = 0; i < 1_000; i++) {
            harness.put("k" + i, 0);
        }
        harness.flush();
        // 35 units are saved up, the other 965 take their time.
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofMillis(9_600), Duration.ofMillis(9_660));
        assertThat(harness.writer.statistics().writeUnits()).isEqualTo(1_000);
        assertThat(harness.writer.statistics().requests())
                .as("batches are full")
                .isLessThanOrEqualTo(60);
    }

    @Test
    void aBudgetIsKeptByWhatDynamoDbSays() {
        harness.use(WriterHarness.budget(100));
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            ScriptedTransport.Request request = transport.oldest();
            // Each item costs three, as there are indexes.
            request.changes.forEach(request::apply);
            request.reply(new BatchReply.Answered(Set.of(), 3.0 * request.changes.size()));
            return true;
        });
        for (int i = 0; i < 1_000; i++) {
            harness.put("k" + i, 0);
        }
        harness.flush();
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
    }

    @Test
    void aBudgetSmallerThanAnItemLetsOneThroughFromTimeToTime() {
        harness.use(WriterHarness.budget(1));
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            ScriptedTransport.Request request = transport.oldest();
            request.changes.forEach(request::apply);
            request.reply(new BatchReply.Answered(Set.of(), 10.0 * request.changes.size()));
            return true;
        });
        for (int i = 0; i < 10; i++) {
            harness.apply(Changes.put("k" + i, "x".repeat(10_000)));
        }
        harness.flush();
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofSeconds(85), Duration.ofSeconds(100));
    }

    @Test
    void whatWasThrottledIsNotPaidFor() {
        harness.use(WriterHarness.budget(100));
        AtomicInteger times = new AtomicInteger();
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            if (times.getAndIncrement() % 2 == 0) {
                transport.oldest().throttle();
            } else {
                transport.oldest().answer();
            }
            return true;
        });
        for (int i = 0; i < 500; i++) {
            harness.put("k" + i, 0);
        }
        harness.flush();
        assertThat(loop.clock.elapsed()).isLessThan(Duration.ofSeconds(8));
    }

    // Back pressure and flush

    @Test
    void applyBlocksWhenTooManyChangesArePending() {
        harness.use(WriterHarness.limits(3, 1_000_000));
        harness.put("a", 1);
        harness.put("b", 1);
        harness.put("c", 1);
        assertThat(harness.inFlight()).as("who is full does not linger").isEqualTo("[[a=1 b=1 c=1]]");
        AtomicInteger waits = answerWhenIdle();
        harness.put("d", 1);
        assertThat(waits).hasValue(1);
        assertThat(transport.appliedText()).isEqualTo("a=1 b=1 c=1");
    }

    @Test
    void applyBlocksWhenTooManyBytesArePending() {
        harness.use(WriterHarness.limits(100, 10_000));
        AtomicInteger waits = answerWhenIdle();
        harness.apply(Changes.put("a", "x".repeat(9_000)));
        harness.apply(Changes.put("b", "x".repeat(9_000)));
        assertThat(waits).hasValue(0);
        harness.put("c", 1);
        assertThat(waits).hasValue(1);
    }

    @Test
    void applyBlocksThroughAPause() {
        harness.use(WriterHarness.limits(1, 1_000_000));
        harness.put("a", 1);
        transport.oldest().throttle();
        answerWhenIdle();
        harness.put("b", 1);
        assertThat(transport.appliedText()).isEqualTo("a=1");
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofMillis(24), Duration.ofMillis(25));
    }

    @Test
    void flushDoesNotLinger() {
        putMany(30);
        answerWhenIdle();
        harness.flush();
        assertThat(loop.clock.elapsed()).isZero();
        assertThat(transport.applied).hasSize(30);
        assertThat(harness.writer.pendingChanges()).isZero();
    }

    @Test
    void flushOfNothingReturnsAtOnce() {
        harness.flush();
        assertThat(transport.applied).isEmpty();
    }

    @Test
    void flushWaitsForRetriesAndForWhatWaitsBehindThem() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("a", 2);
        AtomicInteger waits = new AtomicInteger();
        whenIdle(() -> {
            if (waits.incrementAndGet() == 1) {
                transport.oldest().lose();
                return true;
            }
            return transport.answeredOldest();
        });
        harness.flush();
        assertThat(transport.appliedText()).isEqualTo("a=1 a=2");
    }

    /** It waited until nothing at all was pending, which may never be while others go on. */
    @Test
    void flushDoesNotWaitForWhatIsGivenAfterIt() {
        harness.put("a", 1);
        AtomicInteger others = new AtomicInteger();
        whenIdle(() -> {
            harness.put("a", 2 + others.get());
            harness.put("other" + others.getAndIncrement(), 0);
            return transport.answeredOldest();
        });
        harness.flush();
        assertThat(transport.appliedText()).startsWith("a=1");
        assertThat(others.get()).isLessThan(5);
        assertThat(harness.writer.pendingChanges()).isPositive();
    }

    @Test
    void afterAFlushChangesLingerAgain() {
        harness.put("a", 1);
        answerWhenIdle();
        harness.flush();
        harness.put("a", 2);
        assertThat(harness.inFlight()).isEqualTo("[]");
    }

    // The end

    @Test
    void afterFinishNothingIsTaken() throws InterruptedException {
        harness.put("a", 1);
        answerWhenIdle();
        harness.writer.finish();
        assertThat(transport.appliedText()).isEqualTo("a=1");
        assertThatThrownBy(() -> harness.put("b", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the mirror is closed");
    }

    /** It was taken although nobody would write it any more. */
    @Test
    void whoWaitsForRoomWhileTheWriterIsFinishedIsTold() {
        harness.use(WriterHarness.limits(1, 1_000_000));
        harness.put("a", 1);
        AtomicInteger waits = new AtomicInteger();
        whenIdle(() -> {
            if (waits.getAndIncrement() == 0) {
                // What another thread does while this one waits.
                assertThatThrownBy(() -> harness.writer.finish()).hasMessageContaining("never happen");
            }
            return transport.answeredOldest();
        });
        loop.whenIdle = nested(loop.whenIdle);
        assertThatThrownBy(() -> harness.put("b", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the mirror is closed");
    }

    @Test
    void aRefusedRequestFailsTheMirrorForGood() {
        harness.put("a", 1);
        harness.put("b", 1);
        loop.advanceMillis(50);
        harness.put("c", 1);
        loop.advanceMillis(50);
        transport.oldest().refuse();
        loop.runDue();
        String message =
                "table t: DynamoDB refused a request of 2 changes, the first of key \"a\": AccessDeniedException: no";
        assertThat(loop.thrown).singleElement().satisfies(e -> assertThat(e).hasMessage(message));
        assertFailed(message);
    }

    @Test
    void aFailedMirrorSendsNothingMore() {
        harness.use(CROWDED_BY_25);
        putMany(50);
        harness.put("x", 1);
        transport.oldest().refuse();
        loop.runDue();
        transport.oldest().answer();
        loop.advanceMillis(10_000);
        assertThat(harness.inFlight()).isEqualTo("[]");
        assertThat(harness.writer.statistics().requests()).isEqualTo(2);
    }

    @Test
    void theFirstFailureIsTheOneThatIsTold() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        harness.put("b", 1);
        loop.advanceMillis(50);
        transport.inFlight().get(1).refuse();
        transport.inFlight().get(0).refuse();
        loop.runDue();
        assertFailed(
                "table t: DynamoDB refused a request of 1 changes, the first of key \"b\": AccessDeniedException: no");
    }

    @Test
    void whoWaitsForRoomIsToldOfAFailure() {
        harness.use(WriterHarness.limits(1, 1_000_000));
        harness.put("a", 1);
        whenIdle(() -> {
            transport.oldest().refuse();
            return true;
        });
        assertThatThrownBy(() -> harness.put("b", 1))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: DynamoDB refused a request of 1 changes, the first of key \"a\":"
                        + " AccessDeniedException: no");
    }

    @Test
    void flushTellsOfAFailure() {
        harness.put("a", 1);
        whenIdle(() -> {
            transport.oldest().refuse();
            return true;
        });
        assertThatThrownBy(harness::flush)
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: DynamoDB refused a request of 1 changes, the first of key \"a\":"
                        + " AccessDeniedException: no");
    }

    @Test
    void theWriterGivesUpWhenNothingGetsThrough() {
        harness.use(WriterHarness.times(Duration.ofMillis(50), Duration.ofMinutes(2)));
        harness.put("a", 1);
        harness.put("b", 1);
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            transport.oldest().throttle();
            return true;
        });
        String message = "table t: nothing got through for 2 minutes, 2 changes wait; the last answers were:"
                + " ThrottlingException: slow down (32 times)";
        assertThatThrownBy(harness::flush).isInstanceOf(MirrorException.class).hasMessage(message);
        assertThat(loop.clock.elapsed()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(125));
        assertFailed(message);
    }

    @Test
    void theWriterGivesUpWhenEverythingComesBackUnprocessed() {
        harness.use(WriterHarness.times(Duration.ofMillis(50), Duration.ofMinutes(1)));
        harness.put("a", 1);
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            transport.oldest().unprocessed("a");
            return true;
        });
        assertThatThrownBy(harness::flush)
                .isInstanceOf(MirrorException.class)
                .hasMessage("table t: nothing got through for 1 minutes, 1 changes wait; the last answers were: all"
                        + " changes of a request came back unprocessed (20 times)");
    }

    @Test
    void timeWithNothingToDoIsNoTimeWithoutProgress() {
        harness.put("a", 1);
        answerWhenIdle();
        harness.flush();
        loop.advance(Duration.ofHours(5));
        harness.put("a", 2);
        loop.advanceMillis(50);
        transport.oldest().throttle();
        loop.runDue();
        harness.put("b", 1);
        assertThat(loop.thrown).isEmpty();
    }

    @Test
    void anyProgressIsProgress() {
        harness.use(WriterHarness.times(Duration.ofMillis(50), Duration.ofSeconds(20)));
        putMany(20);
        AtomicInteger next = new AtomicInteger();
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            ScriptedTransport.Request request = transport.oldest();
            // One more of the twenty each time.
            String done = "k" + next.getAndIncrement();
            request.unprocessed(request.changes.stream()
                    .map(change -> change.key())
                    .filter(key -> !key.equals(Changes.key(done)))
                    .collect(java.util.stream.Collectors.toSet()));
            return true;
        });
        harness.flush();
        assertThat(transport.applied).hasSize(20);
        assertThat(loop.clock.elapsed()).isGreaterThan(Duration.ofMinutes(1));
    }

    /** Keys would have stayed muted, and flush would have waited for ever. */
    @Test
    void aTransportThatThrowsFailsTheMirror() {
        transport.defect = new IllegalStateException("broken");
        harness.put("a", 1);
        loop.advanceMillis(50);
        assertFailed("table t: DynamoDB refused a request of 1 changes, the first of key \"a\": a defect of dynamirror:"
                + " java.lang.IllegalStateException: broken");
    }

    @Test
    void aReplyThatFailsFailsTheMirror() {
        harness.put("a", 1);
        loop.advanceMillis(50);
        transport.oldest().fail(new IllegalStateException("broken"));
        loop.runDue();
        assertFailed("table t: DynamoDB refused a request of 1 changes, the first of key \"a\": a defect of dynamirror:"
                + " java.lang.IllegalStateException: broken");
    }

    private void assertFailed(String message) {
        assertThatThrownBy(() -> harness.put("z", 1))
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
        assertThatThrownBy(harness::flush).isInstanceOf(MirrorException.class).hasMessage(message);
        assertThatThrownBy(harness.writer::finish)
                .isInstanceOf(MirrorException.class)
                .hasMessage(message);
    }

    /** Answers what is sent; requests with one of these keys are refused. */
    private void refuseWhatHas(String... keys) {
        Set<Key> bad = Arrays.stream(keys).map(Changes::key).collect(Collectors.toSet());
        whenIdle(() -> {
            if (transport.inFlight().isEmpty()) {
                return false;
            }
            ScriptedTransport.Request request = transport.oldest();
            if (request.changes.stream().anyMatch(change -> bad.contains(change.key()))) {
                request.callInvalid();
            } else {
                request.answer();
            }
            return true;
        });
    }

    private static WriterSettings lingers(Duration linger, Duration deleteLinger) {
        WriterSettings usual = WriterHarness.USUAL;
        return new WriterSettings(
                usual.maxPendingChanges(), usual.maxPendingBytes(), linger, deleteLinger, usual.giveUpAfter(), null);
    }

    private void putMany(int count) {
        for (int i = 0; i < count; i++) {
            harness.put("k" + i, 0);
        }
    }

    private void whenIdle(BooleanSupplier action) {
        loop.whenIdle = action;
    }

    /** Answers the oldest request whenever the writer waits, and counts. */
    private AtomicInteger answerWhenIdle() {
        AtomicInteger waits = new AtomicInteger();
        whenIdle(() -> {
            boolean answered = transport.answeredOldest();
            if (answered) {
                waits.incrementAndGet();
            }
            return answered;
        });
        return waits;
    }

    /** The action, but not again while it is running. */
    private BooleanSupplier nested(BooleanSupplier action) {
        AtomicInteger depth = new AtomicInteger();
        return () -> {
            if (depth.getAndIncrement() > 0) {
                depth.decrementAndGet();
                return false;
            }
            try {
                return action.getAsBoolean();
            } finally {
                depth.decrementAndGet();
            }
        };
    }
}
