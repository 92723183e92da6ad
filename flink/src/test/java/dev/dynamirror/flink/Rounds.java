package dev.dynamirror.flink;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs with random seeds, in rounds: one round, or as many as begin within {@code -Ddynamirror.minutes}. The first round
 * has the seed {@code -Ddynamirror.seed}, or a new one.
 */
final class Rounds {

    private static final @Nullable Long SEED = Long.getLong("dynamirror.seed");

    /** How long to go on with new seeds; 0 is one round. */
    private static final Duration TIME = Duration.ofMinutes(Long.getLong("dynamirror.minutes", 0));

    /** Most of their time runs wait until they may try again. */
    private static final int AT_ONCE = 2;

    private Rounds() {}

    /**
     * One run.
     *
     * @param name what it is
     */
    record Run(String name, Body body) {}

    /** What a run does. */
    @FunctionalInterface
    interface Body {
        /** Runs with the seed of the round, and says what happened. */
        String run(long seed) throws Exception;
    }

    /** The tests of all rounds, each made when the one before is over. */
    static Stream<DynamicTest> of(LongFunction<List<Run>> round) {
        long start = System.nanoTime();
        SplittableRandom seeds = new SplittableRandom();
        long first = SEED != null ? SEED : newSeed(seeds);
        return Stream.iterate(first, seed -> newSeed(seeds))
                .takeWhile(seed -> seed == first || System.nanoTime() - start < TIME.toNanos())
                .flatMap(seed -> tests(round.apply(seed), seed));
    }

    private static long newSeed(SplittableRandom seeds) {
        return seeds.nextInt(Integer.MAX_VALUE);
    }

    private static Stream<DynamicTest> tests(List<Run> runs, long seed) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests =
                runs.stream().map(run -> test(run, seed, threads)).toList();
        threads.shutdown();
        return tests.stream();
    }

    private static DynamicTest test(Run run, long seed, ExecutorService threads) {
        String name = run.name + ", seed " + seed;
        CompletableFuture<String> told = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                told.complete(run.body.run(seed));
            } catch (Exception | AssertionError e) {
                told.completeExceptionally(e);
            }
        });
        return DynamicTest.dynamicTest(name, () -> System.out.println(name + ": " + told.get()));
    }
}
