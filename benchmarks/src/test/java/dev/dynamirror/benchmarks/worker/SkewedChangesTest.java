package dev.dynamirror.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SkewedChangesTest {

    private final SkewedChanges changes = new SkewedChanges();

    @Test
    void everyChangeFitsWhatIsThere() {
        Set<Integer> live = new HashSet<>();
        long fitting = IntStream.range(0, SkewedChanges.COUNT)
                .filter(i -> switch (changes.kind(i)) {
                    case INSERT -> live.add(changes.key(i));
                    case UPDATE -> live.contains(changes.key(i));
                    case DELETE -> live.remove(changes.key(i));
                })
                .count();

        assertThat(fitting).isEqualTo(SkewedChanges.COUNT);
    }

    @Test
    void aQuarterAreDeletesAndInserts() {
        long updates = IntStream.range(0, SkewedChanges.COUNT)
                .filter(i -> changes.kind(i) == SkewedChanges.Kind.UPDATE)
                .count();

        assertThat((double) updates / SkewedChanges.COUNT).isBetween(0.74, 0.76);
    }

    /** The share of the first of 10,000 keys is 1 / (1 + 1/2 + … + 1/10000) = 1 / 9.788. */
    @Test
    void theFirstKeyHasItsShareOfZipfsLaw() {
        long first = IntStream.range(0, SkewedChanges.COUNT)
                .filter(i -> changes.key(i) == 0)
                .count();

        assertThat((double) first / SkewedChanges.COUNT).isBetween(0.100, 0.104);
    }
}
