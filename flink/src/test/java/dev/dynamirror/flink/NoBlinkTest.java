package dev.dynamirror.flink;

import static org.apache.flink.types.RowKind.DELETE;
import static org.apache.flink.types.RowKind.INSERT;
import static org.apache.flink.types.RowKind.UPDATE_AFTER;
import static org.apache.flink.types.RowKind.UPDATE_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An update is one put, in whatever form it comes: no reader misses a row that is only updated. */
class NoBlinkTest {

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(new String[] {"key", "number"}, Types.LONG, Types.LONG);

    private static final int ROWS = 1_000;

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @AfterEach
    void close() {
        db.close();
    }

    /** What a commit of updates is made of; rows without a key that the planner knows go through its materializer. */
    private enum Form {
        UPDATES(false),
        KEYED_UPDATES(true),
        DELETES_AND_INSERTS(false),
        KEYED_DELETES_AND_INSERTS(true),
        UPSERTS(true),
        INSERTS(false),
        ALL_DELETES_THEN_ALL_INSERTS(false),
        KEYED_ALL_DELETES_THEN_ALL_INSERTS(true);

        private final boolean keyed;

        Form(boolean keyed) {
            this.keyed = keyed;
        }

        ChangelogMode mode() {
            return switch (this) {
                case UPSERTS -> ChangelogMode.upsert();
                case INSERTS -> ChangelogMode.insertOnly();
                default -> ChangelogMode.all();
            };
        }

        /** The update of these rows, from one number to the next. */
        Row[] update(int count, long number) {
            return switch (this) {
                case UPDATES, KEYED_UPDATES -> eachTwice(UPDATE_BEFORE, UPDATE_AFTER, count, number);
                case DELETES_AND_INSERTS, KEYED_DELETES_AND_INSERTS -> eachTwice(DELETE, INSERT, count, number);
                case UPSERTS -> rows(UPDATE_AFTER, count, number);
                case INSERTS -> rows(INSERT, count, number);
                case ALL_DELETES_THEN_ALL_INSERTS, KEYED_ALL_DELETES_THEN_ALL_INSERTS ->
                    Stream.of(rows(DELETE, count, number - 1), rows(INSERT, count, number))
                            .flatMap(Stream::of)
                            .toArray(Row[]::new);
            };
        }

        private static Row[] eachTwice(RowKind before, RowKind after, int count, long number) {
            return IntStream.range(0, count)
                    .boxed()
                    .flatMap(id -> Stream.of(row(before, id, number - 1), row(after, id, number)))
                    .toArray(Row[]::new);
        }
    }

    static Stream<Arguments> forms() {
        return Stream.of(Form.values()).flatMap(form -> Stream.of(1, 4).map(writers -> Arguments.of(form, writers)));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @MethodSource("forms")
    void anUpdateIsOnePut(Form form, int writers) throws Exception {
        Feed feed = Feed.of(rows(INSERT, ROWS, 1));
        StreamExecutionEnvironment environment = Embedded.environment(writers);
        Live live = Live.create(environment);
        live.write(table(live, environment, feed, form), mirror());
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> db.appliedWrites() == ROWS);

            // The rows of a commit come together, and more comes only when all of it is written.
            db.clearHistory();
            feed.add(form.update(ROWS, 2));
            running.awaitThat(() -> db.appliedWrites() >= ROWS && numbersOfItems(2) == ROWS);
            assertThat(history()).hasSize(ROWS).allMatch(write -> write.endsWith(" 2"));

            db.clearHistory();
            feed.add(form.update(1, 3));
            running.awaitThat(() -> numbersOfItems(3) == 1);
            assertThat(history()).containsExactly("0 3");
            feed.end();
            running.awaitEnd();
        }
        assertThat(history()).containsExactly("0 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anUpdateInMarkdownIsOnePut(int writers) throws InterruptedException {
        StringBuilder text = new StringBuilder("key | number | __time__ | __diff__\n");
        IntStream.range(0, ROWS).forEach(id -> text.append(id).append(" | 1 | 0 | 1\n"));
        IntStream.range(0, ROWS).forEach(id -> text.append(id).append(" | 1 | 2 | -1\n"));
        IntStream.range(0, ROWS).forEach(id -> text.append(id).append(" | 2 | 2 | 1\n"));
        Live live = Live.create(Embedded.environment(writers));
        live.write(live.tableFromMarkdown(text.toString()), mirror());

        live.run();

        assertThat(numbersOfItems(2)).isEqualTo(ROWS);
        // All of it comes at once, so it depends on the moment whether the older number is ever written.
        assertThat(history()).noneMatch(write -> write.endsWith(" absent"));
        assertThat(history().stream().filter(write -> write.endsWith(" 2"))).hasSize(ROWS);
    }

    /** A limit: what a checkpoint covers is written with it, also a delete whose insert the source gives behind it. */
    @Test
    void aCheckpointBetweenDeleteAndInsertLetsTheDeleteBeSeen() throws Exception {
        Feed feed = Feed.of(row(INSERT, 0, 1));
        StreamExecutionEnvironment environment = Embedded.environment(1, Embedded.checkpoints());
        Live live = Live.create(environment);
        live.write(table(live, environment, feed, Form.KEYED_DELETES_AND_INSERTS), mirror());
        try (Running running = Running.start(environment, live)) {
            assertThat(running.whileRunning(feed.atCheckpoint(this::history))).containsExactly("0 1");
            feed.add(row(DELETE, 0, 1));
            assertThat(running.whileRunning(feed.atCheckpoint(this::history))).containsExactly("0 1", "0 absent");
            feed.add(row(INSERT, 0, 2));
            assertThat(running.whileRunning(feed.atCheckpoint(this::history)))
                    .containsExactly("0 1", "0 absent", "0 2");
        }
    }

    private Table table(Live live, StreamExecutionEnvironment environment, Feed feed, Form form) {
        Schema.Builder schema =
                Schema.newBuilder().column("key", "BIGINT NOT NULL").column("number", "BIGINT");
        if (form.keyed) {
            schema.primaryKey("key");
        }
        return live.tableEnvironment().fromChangelogStream(feed.stream(environment, TYPE), schema.build(), form.mode());
    }

    private MirrorSettings.Builder mirror() {
        return DynamoDb.table("Live")
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .partitionKey("key")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }

    private static Row[] rows(RowKind kind, int count, long number) {
        return IntStream.range(0, count).mapToObj(id -> row(kind, id, number)).toArray(Row[]::new);
    }

    private static Row row(RowKind kind, long id, long number) {
        return Row.ofKind(kind, id, number);
    }

    /** How many items have that number. */
    private long numbersOfItems(long number) {
        return db.items("Live").stream()
                .filter(item -> number(item).equals(Long.toString(number)))
                .count();
    }

    /** Each write's key, and the number that it left. */
    private List<String> history() {
        List<String> history = new ArrayList<>();
        for (AppliedWrite write : db.history("Live")) {
            ObjectNode after = write.after();
            history.add(
                    write.key().path("key").path("N").textValue() + " " + (after == null ? "absent" : number(after)));
        }
        return history;
    }

    private static String number(ObjectNode item) {
        return item.path("number").path("N").textValue();
    }
}
