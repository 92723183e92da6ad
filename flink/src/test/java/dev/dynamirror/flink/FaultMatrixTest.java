package dev.dynamirror.flink;

import dev.dynamirror.testkit.oracle.KeyForm;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random live tables mirrored by real jobs into a server that fails: every write that it applied is checked against what
 * the live table was, and in the end the two are equal.
 *
 * <p>A run's name has the seed of its round: {@code -Ddynamirror.seed} makes the same tables and the same fault for the
 * n-th request again; how threads interleave is not in it. {@code -Ddynamirror.minutes} goes on with new seeds for so long.
 */
class FaultMatrixTest {

    private static final int CHANGES = 30_000;

    @TestFactory
    Stream<DynamicTest> matrix() {
        return Rounds.of(FaultMatrixTest::round);
    }

    private static List<Rounds.Run> round(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Rounds.Run> runs = new ArrayList<>();
        for (Weather weather : Weather.WITHOUT_LATE) {
            runs.add(run("everything", everything(seeds), RowForm.UPDATES, 1, weather));
            runs.add(run("everything", everything(seeds), RowForm.UPDATES, 4, weather));
        }
        runs.add(run("upserts", everything(seeds).sharing(0), RowForm.UPSERTS, 1, Weather.ALL));
        runs.add(run("upserts", everything(seeds).sharing(0), RowForm.UPSERTS, 4, Weather.ALL));
        runs.add(run("keyed updates", everything(seeds).sharing(0), RowForm.KEYED_UPDATES, 4, Weather.ALL));
        runs.add(run("moves", everything(seeds).moves(8).sharing(0), RowForm.UPSERTS, 4, Weather.ALL));
        runs.add(run("moves and deletes", everything(seeds).moves(8), RowForm.DELETES_AND_INSERTS, 4, Weather.ALL));
        runs.add(run(
                "hot keys", everything(seeds).keys(300).zipfExponent(1.5).sharing(0), RowForm.UPSERTS, 1, Weather.ALL));
        runs.add(run("shared keys", everything(seeds).keys(1_000).sharing(0.5), RowForm.UPDATES, 4, Weather.ALL));
        return runs;
    }

    /** A live table with all that can happen to one: moves, hot keys, bursts, rows that share a key. */
    private static LiveTableScript.Builder everything(SplittableRandom seeds) {
        return LiveTableScript.seeded(seeds.nextLong())
                .changes(CHANGES)
                .keys(5_000)
                .rows(8_000)
                .shares(4, 4, 2)
                .moves(0.5)
                .sharing(0.1)
                .zipfExponent(1)
                .largestBurst(5)
                .largestCommit(100)
                .payload(0, 400)
                .keyForm(KeyForm.STRING_AND_SORT);
    }

    private static Rounds.Run run(
            String table, LiveTableScript.Builder script, RowForm form, int parallelism, Weather weather) {
        return new Rounds.Run(
                weather + ", " + table + " x " + parallelism,
                seed -> new FaultyRun(script.build(), form, parallelism)
                        .failing(db -> weather.over(db, seed))
                        .check());
    }
}
