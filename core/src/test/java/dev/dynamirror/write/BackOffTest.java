package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackOffTest {

    private final BackOff backOff = new BackOff(new SplittableRandom(1), Duration.ofMillis(50), Duration.ofSeconds(3));

    @Test
    void doublesWithEachFailureUpToTheLongest() {
        assertThat(longestOf(1)).isEqualTo(50);
        assertThat(longestOf(2)).isEqualTo(100);
        assertThat(longestOf(6)).isEqualTo(1_600);
        assertThat(longestOf(7)).isEqualTo(3_000);
        assertThat(longestOf(1_000_000)).isEqualTo(3_000);
    }

    @Test
    void isDrawnFromZeroOnEvenly() {
        long[] drawn = drawn(2);
        assertThat(drawn[0]).isLessThan(Duration.ofMillis(1).toNanos());
        assertThat(drawn[drawn.length / 2])
                .isBetween(
                        Duration.ofMillis(48).toNanos(), Duration.ofMillis(52).toNanos());
    }

    /** In milliseconds, rounded up. */
    private long longestOf(int failures) {
        long[] drawn = drawn(failures);
        return (drawn[drawn.length - 1] + 9_999_999) / 10_000_000 * 10;
    }

    private long[] drawn(int failures) {
        long[] drawn = new long[10_000];
        Arrays.setAll(drawn, i -> backOff.afterFailures(failures));
        Arrays.sort(drawn);
        return drawn;
    }
}
