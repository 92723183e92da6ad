package dev.dynamirror.testkit.oracle;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.testkit.oracle.PermittedStates.Updates;
import dev.dynamirror.testkit.oracle.Step.Acknowledged;
import dev.dynamirror.testkit.oracle.Step.Write;
import dev.dynamirror.testkit.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of correct mirrors are clean, and each that is made wrong is found, by the kinds of what is wrong.
 * Whether a mutation did any harm is computed from all readings of the history, and by hand where that can be said in a
 * line.
 */
final class HistoryMutationTest {

    private static final int SEEDS = 400;

    /** The live tables and mirrors of a test. */
    private enum Setting {
        PLAIN(0, Updates.ATOMIC, 0),
        SHARED_KEYS(0.7, Updates.ATOMIC, 0),
        UPDATES_IN_TWO_STEPS(0.7, Updates.IN_TWO_STEPS, 0),
        CRASHES(0, Updates.ATOMIC, 3),
        ALL(0.7, Updates.IN_TWO_STEPS, 3);

        final double sharing;
        final Updates updates;
        final int crashes;

        Setting(double sharing, Updates updates, int crashes) {
            this.sharing = sharing;
            this.updates = updates;
            this.crashes = crashes;
        }
    }

    /** One way to make a history wrong; null where there is nothing to do it to. */
    private interface Mutation {
        @Nullable
        List<Step> of(List<Step> steps, SplittableRandom random);
    }

    @ParameterizedTest
    @EnumSource
    void whatACorrectMirrorDoesIsClean(Setting setting) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(setting, seed);
            assertThat(Step.check(simulation.permitted, simulation.steps))
                    .as("seed %s", seed)
                    .matches(Findings::isClean);
            assertThat(AllReadings.accept(simulation.permitted, simulation.steps))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoWritesOfAKeyAreSwapped(Setting setting) {
        mutate(
                setting,
                0.4,
                (steps, random) -> {
                    int second = any(steps, random, (before, write) -> !same(before, write));
                    if (second < 0) {
                        return null;
                    }
                    List<Step> mutated = new ArrayList<>(steps);
                    mutated.set(second, steps.get(before(steps, second)));
                    mutated.set(before(steps, second), steps.get(second));
                    return mutated;
                },
                Set.of(Kind.OLDER_AFTER_NEWER, Kind.DELETE_INSIDE_UPDATE, Kind.LOST, Kind.ACKNOWLEDGED_TOO_EARLY));
    }

    @ParameterizedTest
    @EnumSource
    void aDeleteIsInsideAnUpdate(Setting setting) {
        mutate(
                setting,
                0.5,
                (steps, random) -> {
                    int second = any(
                            steps,
                            random,
                            (before, write) -> before.value() != null && write.value() != null && !same(before, write));
                    if (second < 0) {
                        return null;
                    }
                    List<Step> mutated = new ArrayList<>(steps);
                    mutated.add(second, new Write(((Write) steps.get(second)).key(), null));
                    return mutated;
                },
                // After a crash the delete may also be read as a real one, and what comes then as late.
                setting.crashes == 0
                        ? Set.of(Kind.DELETE_INSIDE_UPDATE)
                        : Set.of(Kind.DELETE_INSIDE_UPDATE, Kind.OLDER_AFTER_NEWER, Kind.ACKNOWLEDGED_TOO_EARLY));
    }

    @ParameterizedTest
    @EnumSource
    void theLastWriteOfAKeyIsDropped(Setting setting) {
        mutate(
                setting,
                0.6,
                (steps, random) -> {
                    int last = anyLast(steps, random);
                    List<Step> mutated = new ArrayList<>(steps);
                    mutated.remove(last);
                    return mutated;
                },
                Set.of(Kind.LOST));
    }

    /** Dropping the last write does no harm exactly if it left what was there. */
    @ParameterizedTest
    @EnumSource
    void theLastWriteOfAKeyIsDroppedWithoutHarmIfItWasARepetition(Setting setting) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(setting, seed);
            SplittableRandom random = new SplittableRandom(seed);
            int last = anyLast(simulation.steps, random);
            Write dropped = (Write) simulation.steps.get(last);
            int before = before(simulation.steps, last);
            Write left = before < 0 ? new Write(dropped.key(), null) : (Write) simulation.steps.get(before);
            List<Step> mutated = new ArrayList<>(simulation.steps);
            mutated.remove(last);
            assertThat(Step.check(simulation.permitted, mutated).isClean())
                    .as("seed %s", seed)
                    .isEqualTo(same(dropped, left));
        }
    }

    /** As each value is of one key only, this is found always. */
    @ParameterizedTest
    @EnumSource
    void aValueIsWrittenToAnotherKey(Setting setting) {
        mutate(
                setting,
                1,
                (steps, random) -> {
                    Write value = (Write) steps.get(any(steps, random, (before, write) -> write.value() != null));
                    int place = random.nextInt(steps.size() + 1);
                    RowKey other = new RowKey("k" + random.nextInt(Simulation.KEYS), null);
                    if (other.equals(value.key())) {
                        return null;
                    }
                    List<Step> mutated = new ArrayList<>(steps);
                    mutated.add(place, new Write(other, value.value()));
                    return mutated;
                },
                Set.of(Kind.NEVER_WAS));
    }

    @ParameterizedTest
    @EnumSource
    void anOldWriteIsAppliedLate(Setting setting) {
        mutate(
                setting,
                0.7,
                (steps, random) -> {
                    int second = any(steps, random, (before, write) -> !same(before, write));
                    if (second < 0) {
                        return null;
                    }
                    List<Step> mutated = new ArrayList<>(steps);
                    int late = second + 1 + random.nextInt(steps.size() - second);
                    mutated.add(late, steps.get(before(steps, second)));
                    return mutated;
                },
                Set.of(Kind.OLDER_AFTER_NEWER, Kind.DELETE_INSIDE_UPDATE, Kind.LOST, Kind.ACKNOWLEDGED_TOO_EARLY));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitIsAcknowledgedTooEarly(Setting setting) {
        mutate(
                setting,
                0.9,
                (steps, random) -> {
                    List<Integer> places = IntStream.range(1, steps.size())
                            .filter(i -> steps.get(i) instanceof Acknowledged)
                            .boxed()
                            .toList();
                    int place = places.get(random.nextInt(places.size()));
                    List<Step> mutated = new ArrayList<>(steps);
                    mutated.add(random.nextInt(place), steps.get(place));
                    return mutated;
                },
                Set.of(Kind.ACKNOWLEDGED_TOO_EARLY, Kind.OLDER_AFTER_NEWER, Kind.DELETE_INSIDE_UPDATE));
    }

    /** Demands that what is harmful is found, by one of the kinds, and that this is so in a share of the seeds. */
    private static void mutate(Setting setting, double leastShare, Mutation mutation, Set<Kind> kinds) {
        int mutations = 0;
        int harmful = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(setting, seed);
            List<Step> mutated = mutation.of(simulation.steps, new SplittableRandom(seed));
            if (mutated == null) {
                continue;
            }
            mutations++;
            Findings findings = Step.check(simulation.permitted, mutated);
            assertThat(findings.isClean())
                    .as(() -> text(mutated))
                    .isEqualTo(AllReadings.accept(simulation.permitted, mutated));
            if (!findings.isClean()) {
                harmful++;
                assertThat(findings.counts().keySet()).as("seed %s", seed).containsAnyElementsOf(kinds);
            }
        }
        assertThat(mutations).isGreaterThan(SEEDS / 2);
        assertThat((double) harmful / mutations).isBetween(leastShare, 1.0);
    }

    private static String text(List<Step> steps) {
        return steps.stream().map(Step::toString).collect(joining("\n"));
    }

    /** A correct history of a random live table. */
    private static final class Simulation {

        static final int KEYS = 6;

        final PermittedStates permitted;
        final List<Step> steps;

        Simulation(Setting setting, long seed) {
            LiveTableScript script = LiveTableScript.seeded(seed)
                    .changes(60)
                    .keys(KEYS)
                    .rows(10)
                    .sharing(setting.sharing)
                    .largestBurst(3)
                    .largestCommit(4)
                    .build();
            permitted = PermittedStates.of(script, setting.updates);
            steps = SimulatedMirror.run(script, setting.updates, setting.crashes, new SplittableRandom(seed));
        }
    }

    private interface Neighbours {
        boolean are(Write before, Write write);
    }

    /** Returns the place of a random write that is, with the one of its key before, as demanded, or -1. */
    private static int any(List<Step> steps, SplittableRandom random, Neighbours neighbours) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < steps.size(); place++) {
            int before = before(steps, place);
            if (before >= 0 && neighbours.are((Write) steps.get(before), (Write) steps.get(place))) {
                places.add(place);
            }
        }
        return places.isEmpty() ? -1 : places.get(random.nextInt(places.size()));
    }

    private static int anyLast(List<Step> steps, SplittableRandom random) {
        List<Integer> places = IntStream.range(0, steps.size())
                .filter(place -> steps.get(place) instanceof Write)
                .filter(place ->
                        IntStream.range(place + 1, steps.size()).noneMatch(later -> before(steps, later) == place))
                .boxed()
                .toList();
        return places.get(random.nextInt(places.size()));
    }

    /** Returns the place of the write of the same key before one, or -1. */
    private static int before(List<Step> steps, int place) {
        if (steps.get(place) instanceof Write write) {
            for (int before = place - 1; before >= 0; before--) {
                if (steps.get(before) instanceof Write other && other.key().equals(write.key())) {
                    return before;
                }
            }
        }
        return -1;
    }

    private static boolean same(Write before, Write write) {
        return Objects.equals(before.value(), write.value());
    }
}
