package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.Findings;
import dev.dynamirror.testkit.oracle.HistoryChecker;
import dev.dynamirror.testkit.oracle.ItemForm;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.PermittedStates;
import dev.dynamirror.testkit.oracle.PermittedStates.Updates;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A run of a job that mirrors a script's live table into a server that fails, and the check of all that was written. */
final class FaultyRun {

    static final String TABLE = "Live";

    private static final ItemForm ITEMS = new ItemForm(ScriptFeed.PARTITION_KEY, ScriptFeed.SORT_KEY, ScriptFeed.VALUE);

    /** Often enough for some in each run; seldom enough that much waits, as a checkpoint makes the writers write it all. */
    private static final Duration CHECKPOINTS = Duration.ofMillis(900);

    private final LiveTableScript script;
    private final RowForm form;
    private final int parallelism;

    private UnaryOperator<MirrorSettings.Builder> settings = UnaryOperator.identity();
    private Consumer<FaultyDynamoDb> beforehand = db -> {};
    private Consumer<FaultyDynamoDb> faults = db -> {};

    FaultyRun(LiveTableScript script, RowForm form, int parallelism) {
        this.script = script;
        this.form = form;
        this.parallelism = parallelism;
    }

    /** The mirror is set up otherwise. */
    FaultyRun with(UnaryOperator<MirrorSettings.Builder> mirror) {
        settings = mirror;
        return this;
    }

    /** What is done before the server fails and remembers. */
    FaultyRun beforehand(Consumer<FaultyDynamoDb> preparation) {
        beforehand = preparation;
        return this;
    }

    /** How the server fails. */
    FaultyRun failing(Consumer<FaultyDynamoDb> setUp) {
        faults = setUp;
        return this;
    }

    /** Runs the job to its end, and checks the history and the table; says what happened. */
    String check() throws Exception {
        return check(db -> {});
    }

    /** The same, with a look at the server in the end. */
    String check(Consumer<FaultyDynamoDb> inTheEnd) throws Exception {
        long start = System.nanoTime();
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            beforehand.accept(db);
            db.clearHistory();
            faults.accept(db);
            ScriptFeed feed = new ScriptFeed(script, form, db::appliedWrites);
            Configuration configuration = new Configuration();
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
            StreamExecutionEnvironment environment = Embedded.environment(parallelism, configuration);
            Live live = Live.create(environment);
            live.write(feed.table(environment, live), settings.apply(mirror(db)));
            try (Running running = Running.start(environment, live)) {
                running.awaitEnd();
            }
            long ran = System.nanoTime();
            int late = db.applyLate();

            PermittedStates permitted =
                    PermittedStates.of(script, form.isKeyed() ? Updates.ATOMIC : Updates.IN_TWO_STEPS);
            List<ScriptFeed.Acknowledged> acknowledged = feed.acknowledged();
            HistoryChecker checker = new HistoryChecker(permitted);
            acknowledged.forEach(checkpoint -> checker.acknowledged(checkpoint.writes(), checkpoint.commit()));
            Findings findings = checker.check(ITEMS.observed(
                    db.history(TABLE).stream().map(FaultyRun::asRow).toList()));
            findings.requireClean();
            assertThat(acknowledged).isNotEmpty();
            assertThat(ITEMS.table(
                            db.items(TABLE).stream().filter(FaultyRun::isRow).toList()))
                    .isEqualTo(permitted.table());
            inTheEnd.accept(db);
            return "%d writes in the requests %s, %d checkpoints, %d requests applied in the end; job %d ms, check %d ms"
                    .formatted(
                            findings.writes(),
                            db.requests(),
                            acknowledged.size(),
                            late,
                            (ran - start) / 1_000_000,
                            (System.nanoTime() - ran) / 1_000_000);
        }
    }

    private static MirrorSettings.Builder mirror(FaultyDynamoDb db) {
        return DynamoDb.table(TABLE)
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .partitionKey(ScriptFeed.PARTITION_KEY)
                .sortKey(ScriptFeed.SORT_KEY)
                .initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }

    /** The write as the live table sees it: what is no row to readers is absent. */
    private static AppliedWrite asRow(AppliedWrite write) {
        return new AppliedWrite(
                write.number(),
                write.time(),
                write.table(),
                write.operation(),
                write.key(),
                rowOf(write.before()),
                rowOf(write.after()),
                write.writeUnits());
    }

    private static @Nullable ObjectNode rowOf(@Nullable ObjectNode item) {
        return item != null && isRow(item) ? item : null;
    }

    /** Neither a tombstone, nor an item of others' attributes only. */
    private static boolean isRow(ObjectNode item) {
        return !item.has("dynamirror_deleted") && item.has("payload");
    }
}
