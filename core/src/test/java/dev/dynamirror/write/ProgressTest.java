package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private final Progress progress = new Progress(Duration.ofMinutes(15), 0);

    @Test
    void isWorthAWordAfterTenSecondsAndThenOnceAMinute() {
        assertThat(progress.isWorthAWord(seconds(9))).isFalse();
        assertThat(progress.isWorthAWord(seconds(10))).isTrue();
        assertThat(progress.isWorthAWord(seconds(11))).isFalse();
        assertThat(progress.isWorthAWord(seconds(69))).isFalse();
        assertThat(progress.isWorthAWord(seconds(71))).isTrue();

        progress.made(seconds(80));
        assertThat(progress.isWorthAWord(seconds(89))).isFalse();
        assertThat(progress.isWorthAWord(seconds(90))).isTrue();
    }

    @Test
    void saysForHowLongWhatWaitsAndWhatTheLastAnswersWere() {
        progress.none("nobody is there");
        progress.none("nobody is there");
        progress.none("slow down");
        assertThat(progress.describe(7, seconds(12)))
                .isEqualTo("nothing got through for 12 seconds, 7 changes wait; the last answers were: nobody is there"
                        + " (2 times); slow down");
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
