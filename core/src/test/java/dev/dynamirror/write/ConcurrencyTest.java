package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {

    private static final long START = Long.MAX_VALUE - 1_000;

    private final Concurrency concurrency = new Concurrency(new SplittableRandom(1), START);

    @Test
    void beginsWithEightAndNoPause() {
        assertThat(concurrency.limit()).isEqualTo(8);
        assertThat(concurrency.pausedUntil() - START).isZero();
    }

    @Test
    void doublesForEachRoundOfGoodRepliesUntilTheFirstTrouble() {
        for (int limit : new int[] {8, 16, 32, 64, 128}) {
            assertThat(concurrency.limit()).isEqualTo(limit);
            good(limit);
        }
        assertThat(concurrency.limit()).isEqualTo(256);
        good(1_000);
        assertThat(concurrency.limit()).isEqualTo(256);
    }

    @Test
    void growsByOneForEachRoundOfGoodRepliesAfterTheFirstTrouble() {
        good(8);
        concurrency.slower(Concurrency.Trouble.THROTTLED, START + 1, START + 2);
        assertThat(concurrency.limit()).isEqualTo(8);
        good(9);
        assertThat(concurrency.limit()).isEqualTo(9);
        good(10);
        assertThat(concurrency.limit()).isEqualTo(10);
        good(100_000);
        assertThat(concurrency.limit()).isEqualTo(256);
    }

    @Test
    void aSingleErrorIsNoTrouble() {
        concurrency.slower(Concurrency.Trouble.FAILED, START + 1, START + 2);
        good(8);
        assertThat(concurrency.limit()).isEqualTo(16);
    }

    @Test
    void whatIsNotUsedDoesNotGrow() {
        concurrency.good(7);
        assertThat(concurrency.limit()).isEqualTo(8);
        concurrency.good(8);
        assertThat(concurrency.limit()).isEqualTo(9);
        concurrency.good(8);
        assertThat(concurrency.limit()).isEqualTo(9);
    }

    @Test
    void halvesForEachRoundOfThrottling() {
        long now = START;
        for (int expected : new int[] {4, 2, 1, 1, 1}) {
            now += 1_000_000;
            concurrency.stuck(Concurrency.Trouble.THROTTLED, now - 10, now);
            concurrency.stuck(Concurrency.Trouble.THROTTLED, now - 10, now + 1);
            assertThat(concurrency.limit()).isEqualTo(expected);
        }
    }

    @Test
    void growsAgainFromOne() {
        halvesForEachRoundOfThrottling();
        good(1);
        assertThat(concurrency.limit()).isEqualTo(2);
    }

    @Test
    void pausesAreDrawnFromZeroToTheLongest() {
        long longest = 0;
        long shortest = Long.MAX_VALUE;
        for (int seed = 0; seed < 1000; seed++) {
            Concurrency fresh = new Concurrency(new SplittableRandom(seed), START);
            fresh.stuck(Concurrency.Trouble.THROTTLED, START, START + 10);
            long pause = fresh.pausedUntil() - (START + 10);
            longest = Math.max(longest, pause);
            shortest = Math.min(shortest, pause);
        }
        assertThat(Duration.ofNanos(longest)).isBetween(Duration.ofMillis(24), Duration.ofMillis(25));
        assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(2));
    }

    @Test
    void aLaterReplyNeverShortensAPause() {
        long now = START;
        long until = now;
        for (int i = 0; i < 1000; i++) {
            now += 1_000;
            concurrency.stuck(Concurrency.Trouble.THROTTLED, now - 1, now);
            assertThat(concurrency.pausedUntil() - until).isNotNegative();
            until = concurrency.pausedUntil();
        }
        assertThat(until - now).isBetween(0L, Duration.ofSeconds(5).toNanos());
    }

    private void good(int times) {
        for (int i = 0; i < times; i++) {
            concurrency.good(concurrency.limit());
        }
    }
}
