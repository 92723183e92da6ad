package dev.dynamirror.flink;

import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.testkit.oracle.KeyForm;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * As {@link FaultMatrixTest}, for mirrors that send each change by itself: versioned ones, which stand requests that are
 * applied late, too, and merging ones, which leave others' attributes alone.
 */
class VersionedMatrixTest {

    private static final int CHANGES = 5_000;

    @TestFactory
    Stream<DynamicTest> matrix() {
        return Rounds.of(VersionedMatrixTest::round);
    }

    private static List<Rounds.Run> round(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        return List.of(
                run(
                        "version column x 1",
                        alone(seeds),
                        RowForm.KEYED_UPDATES,
                        1,
                        Weather.LATE,
                        VersionedMatrixTest::withVersionColumn),
                run(
                        "version column x 4",
                        alone(seeds),
                        RowForm.KEYED_UPDATES,
                        4,
                        Weather.LATE,
                        VersionedMatrixTest::withVersionColumn),
                run(
                        "version column x 4",
                        alone(seeds),
                        RowForm.UPDATES,
                        4,
                        Weather.ALL_AND_LATE,
                        VersionedMatrixTest::withVersionColumn),
                run(
                        "version column, upserts",
                        alone(seeds),
                        RowForm.UPSERTS,
                        4,
                        Weather.ALL_AND_LATE,
                        VersionedMatrixTest::withVersionColumn),
                run(
                        "own versions x 1",
                        shared(seeds),
                        RowForm.UPDATES,
                        1,
                        Weather.LATE,
                        VersionedMatrixTest::withOwnVersions),
                run(
                        "own versions x 4",
                        shared(seeds),
                        RowForm.UPDATES,
                        4,
                        Weather.ALL_AND_LATE,
                        VersionedMatrixTest::withOwnVersions),
                run(
                        "own versions, upserts",
                        alone(seeds),
                        RowForm.UPSERTS,
                        4,
                        Weather.ALL_AND_LATE,
                        VersionedMatrixTest::withOwnVersions),
                run(
                        "merged, version column",
                        alone(seeds),
                        RowForm.KEYED_UPDATES,
                        4,
                        Weather.ALL_AND_LATE,
                        mirror -> withVersionColumn(mirror).writeMode(WriteMode.MERGE)),
                merged("merged x 1", alone(seeds), RowForm.UPSERTS, 1, VersionedMatrixTest::merging, Weather.ALL),
                merged("merged x 4", shared(seeds), RowForm.UPDATES, 4, VersionedMatrixTest::merging, Weather.ALL),
                merged(
                        "merged, own versions",
                        shared(seeds),
                        RowForm.UPDATES,
                        4,
                        mirror -> withOwnVersions(merging(mirror)),
                        Weather.ALL_AND_LATE));
    }

    private static MirrorSettings.Builder withVersionColumn(MirrorSettings.Builder mirror) {
        return mirror.ordering(Ordering.VERSIONED).versionColumn(ScriptFeed.VALUE);
    }

    private static MirrorSettings.Builder withOwnVersions(MirrorSettings.Builder mirror) {
        return mirror.ordering(Ordering.VERSIONED);
    }

    private static MirrorSettings.Builder merging(MirrorSettings.Builder mirror) {
        return mirror.writeMode(WriteMode.MERGE).mergeDeletes(MergeDeletes.ATTRIBUTES);
    }

    /** Keys with one row at most: a version column doesn't bring back the older of two. */
    private static LiveTableScript.Builder alone(SplittableRandom seeds) {
        return shared(seeds).sharing(0);
    }

    private static LiveTableScript.Builder shared(SplittableRandom seeds) {
        return LiveTableScript.seeded(seeds.nextLong())
                .changes(CHANGES)
                .keys(500)
                .rows(1_000)
                .sharing(0.1)
                .zipfExponent(1)
                .largestBurst(5)
                .largestCommit(100)
                .payload(0, 100)
                .keyForm(KeyForm.STRING_AND_SORT);
    }

    private static Rounds.Run run(
            String name,
            LiveTableScript.Builder script,
            RowForm form,
            int parallelism,
            Weather weather,
            UnaryOperator<MirrorSettings.Builder> mirror) {
        return new Rounds.Run(
                weather + ", " + name,
                seed -> new FaultyRun(script.build(), form, parallelism)
                        .with(mirror)
                        .failing(db -> weather.over(db, seed))
                        .check());
    }

    /** With items of others for each key, which have the same attribute in the end. */
    private static Rounds.Run merged(
            String name,
            LiveTableScript.Builder script,
            RowForm form,
            int parallelism,
            UnaryOperator<MirrorSettings.Builder> mirror,
            Weather weather) {
        return new Rounds.Run(weather + ", " + name, seed -> {
            ForeignItems foreign = new ForeignItems(script.build());
            return new FaultyRun(script.build(), form, parallelism)
                    .with(mirror)
                    .beforehand(foreign::put)
                    .failing(db -> weather.over(db, seed))
                    .check(foreign::check);
        });
    }
}
