package dev.dynamirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void standsStill() {
        assertThat(clock.getAsLong()).isEqualTo(clock.getAsLong());
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(clock.elapsed()).isZero();
    }

    @Test
    void bothReadingsMoveTogether() {
        long before = clock.getAsLong();
        clock.advance(Duration.ofMillis(1500));
        assertThat(clock.getAsLong() - before).isEqualTo(1_500_000_000L);
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:01.500Z"));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void theMonotonicReadingOverflowsAfterASecond() {
        clock.advance(Duration.ofSeconds(1));
        assertThat(clock.getAsLong()).isEqualTo(Long.MAX_VALUE);
        clock.advance(Duration.ofNanos(1));
        assertThat(clock.getAsLong()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a clock goes forward only, but the duration is PT-1S");
    }
}
