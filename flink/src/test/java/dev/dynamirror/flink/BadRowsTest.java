package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.UnstorableNumbers;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.mirror.TableReader;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that can't become items: refused, or set aside. */
@WithLocalDynamoDb
class BadRowsTest {

    private static final TypeInformation<Row> TYPE = Types.ROW_NAMED(
            new String[] {"id", "number", "text", "exact"}, Types.STRING, Types.DOUBLE, Types.STRING, Types.BIG_DEC);

    private static final Schema COLUMNS = Schema.newBuilder()
            .column("id", DataTypes.STRING())
            .column("number", DataTypes.DOUBLE())
            .column("text", DataTypes.STRING())
            .column("exact", DataTypes.DECIMAL(38, 2))
            .build();

    private static final String SUFFIX = "; such rows can be set aside (on-bad-row)";

    private final LocalDynamoDb database;

    @TempDir
    private Path folder;

    private Path badRows = Path.of("");

    private String table = "";

    BadRowsTest(LocalDynamoDb database) {
        this.database = database;
    }

    @BeforeEach
    void nameTable(@TableName String name) {
        table = name;
        badRows = folder.resolve("bad rows");
    }

    @Test
    void everyKindIsSetAsideAndItsNeighboursAreWritten() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        List<Row> bad = List.of(
                row("a", 1.0, "x".repeat(409_600)),
                row("", 1.0, "empty"),
                row("k".repeat(2049), 1.0, "long"),
                row("b", Double.NaN, "é😀"),
                row("c", 1e300, "large"),
                row(null, 1.0, "absent"));
        for (int i = 0; i < bad.size(); i++) {
            rows.add(row("good " + i, i, null));
            rows.add(bad.get(i));
        }
        rows.add(row("good " + bad.size(), bad.size(), null));

        run(Embedded.environment(2), Feed.of(rows.toArray(Row[]::new)), setAside());

        assertThat(Items.of(database, table))
                .isEqualTo(IntStream.rangeClosed(0, bad.size())
                        .mapToObj(
                                i -> "{\"id\":{\"S\":\"good " + i + "\"},\"exact\":{\"N\":\"1.5\"},\"number\":{\"N\":\""
                                        + i + "\"},\"text\":{\"NULL\":true}}")
                        .toList());
        String nan = " is no number that DynamoDB can store; filter or replace it";
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        line(
                                "{id=\\\"a\\\"}",
                                null,
                                "the item has 409623 bytes, and DynamoDB takes at most 409600; leave out or shorten a"
                                        + " column",
                                "{\"id\":\"a\",\"number\":1.0,\"text\":\"" + "x".repeat(409_600)
                                        + "\",\"exact\":1.50}"),
                        line(
                                null,
                                "id",
                                "the partition key is empty, and DynamoDB takes no empty key",
                                "{\"id\":\"\",\"number\":1.0,\"text\":\"empty\",\"exact\":1.50}"),
                        line(
                                null,
                                "id",
                                "the partition key has 2049 bytes, and DynamoDB takes at most 2048",
                                "{\"id\":\"" + "k".repeat(2049)
                                        + "\",\"number\":1.0,\"text\":\"long\",\"exact\":1.50}"),
                        line(
                                "{id=\\\"b\\\"}",
                                "number",
                                "NaN" + nan,
                                "{\"id\":\"b\",\"number\":\"NaN\",\"text\":\"é\\uD83D\\uDE00\",\"exact\":1.50}"),
                        line(
                                "{id=\\\"c\\\"}",
                                "number",
                                "1E+300 is out of DynamoDB's number range (at most 9.99…E+125)",
                                "{\"id\":\"c\",\"number\":1.0E300,\"text\":\"large\",\"exact\":1.50}"),
                        line(
                                null,
                                "id",
                                "the partition key is absent, and every item needs one",
                                "{\"id\":null,\"number\":1.0,\"text\":\"absent\",\"exact\":1.50}"));
        assertThat(names()).allMatch(name -> name.matches("bad-rows-[01]-0-[0-9a-f-]{36}\\.jsonl"));
    }

    /** DynamoDB would refuse it, but doesn't get to see it: Flink's own form of strings is UTF-8. */
    @Test
    void flinkMakesHalfOfASurrogatePairAQuestionMark() throws InterruptedException {
        run(Embedded.environment(1), Feed.of(row("a", 1.0, "x\ud800")), setAside());

        assertThat(items()).singleElement().asString().contains("\"text\":{\"S\":\"x?\"}");
        assertThat(names()).isEmpty();
    }

    @Test
    void anOlderItemStaysUntilItsRowGoes() throws Exception {
        Schema keyed = Schema.newBuilder()
                .column("id", DataTypes.STRING().notNull())
                .column("number", DataTypes.DOUBLE())
                .column("text", DataTypes.STRING())
                .column("exact", DataTypes.DECIMAL(38, 2))
                .primaryKey("id")
                .build();
        StreamExecutionEnvironment environment = Embedded.environment(1, Embedded.checkpoints());
        Feed feed = Feed.of(row("a", 1.0, null), row("b", 1.0, null));
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment()
                        .fromChangelogStream(feed.stream(environment, TYPE), keyed, ChangelogMode.upsert()),
                setAside());
        try (Running running = Running.start(environment, live)) {
            running.whileRunning(feed.atCheckpoint(this::items));
            feed.add(row(RowKind.UPDATE_AFTER, "a", Double.NaN));
            assertThat(running.whileRunning(feed.atCheckpoint(this::items)))
                    .containsExactly(item("a", "{\"N\":\"1\"}"), item("b", "{\"N\":\"1\"}"));
            assertThat(lines()).hasSize(1);

            feed.add(row(RowKind.DELETE, "a", Double.NaN));
            assertThat(running.whileRunning(feed.atCheckpoint(this::items)))
                    .containsExactly(item("b", "{\"N\":\"1\"}"));
        }
        assertThat(lines()).hasSize(1);
    }

    @Test
    void anOlderItemGoesIfFlinkDeletesItBefore() throws Exception {
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Feed feed = Feed.of(
                row(RowKind.INSERT, "a", 1.0),
                row(RowKind.UPDATE_BEFORE, "a", 1.0),
                row(RowKind.UPDATE_AFTER, "a", Double.NaN));
        feed.end();

        live(environment, feed, ChangelogMode.all(), setAside()).run();

        assertThat(items()).isEmpty();
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aDeleteOfABadKeyIsSetAsideWithItsKeyOnly() throws InterruptedException {
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Feed feed = Feed.of(row("", 1.0, null), row(RowKind.DELETE, "", 1.0));
        feed.end();

        live(environment, feed, ChangelogMode.all(), setAside()).run();

        String reason = "the partition key is empty, and DynamoDB takes no empty key";
        assertThat(lines())
                .containsExactly(
                        line(null, "id", reason, "{\"id\":\"\",\"number\":1.0,\"text\":null,\"exact\":1.50}"),
                        line(null, "id", reason, "{\"id\":\"\"}").replace("\"put\"", "\"delete\""));
    }

    @Test
    void filesAreCompleteWithACheckpointAndKeptByARestart() throws Exception {
        Configuration configuration = Embedded.restarts();
        configuration.addAll(Embedded.checkpoints());
        StreamExecutionEnvironment environment = Embedded.environment(1, configuration);
        Feed feed = Feed.of(row("a", Double.NaN, null), row("b", 1.0, null));
        Live live = Live.create(environment);
        DataStream<Row> rows = feed.stream(environment, TYPE).map(new FailOnce(table), TYPE);
        live.write(live.tableEnvironment().fromChangelogStream(rows, COLUMNS, ChangelogMode.insertOnly()), setAside());
        try (Running running = Running.start(environment, live)) {
            List<String> atCheckpoint = running.whileRunning(feed.atCheckpoint(this::lines));
            assertThat(atCheckpoint).hasSize(1);
            feed.add(row("c", Double.NaN, null), row("fail", 1.0, null), row("d", Double.NaN, null));
            feed.end();
            running.awaitEnd();
        }

        assertThat(feed.runs()).isEqualTo(2);
        assertThat(items()).hasSize(2);
        // The row behind the checkpoint may be there twice, those before it never.
        assertThat(lines().stream().filter(line -> line.contains("{id=\\\"a\\\"}")))
                .hasSize(1);
        assertThat(lines().stream().filter(line -> line.contains("{id=\\\"c\\\"}")))
                .hasSizeBetween(1, 2);
        assertThat(lines().stream().filter(line -> line.contains("{id=\\\"d\\\"}")))
                .hasSize(1);
        assertThat(names()).anyMatch(name -> name.startsWith("bad-rows-0-0-"));
        assertThat(names()).anyMatch(name -> name.startsWith("bad-rows-0-1-"));
    }

    @Test
    void withoutBadRowsThereIsNoFile() throws InterruptedException {
        run(Embedded.environment(1), Feed.of(row("a", 1.0, null)), setAside());

        assertThat(names()).isEmpty();
        assertThat(badRows).isDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsToldBeforeAnythingIsRead() throws IOException {
        Files.writeString(badRows, "a file");
        Feed feed = Feed.of(row("a", 1.0, null));

        assertThatThrownBy(() -> run(Embedded.environment(1), feed, setAside()))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirror " + table + ": bad rows can't be set aside in " + badRows
                        + ": FileAlreadyExistsException: " + badRows);
        assertThat(feed.runs()).isZero();
    }

    @Test
    void aFileSystemThatIsNotThereIsTold() {
        assertThatThrownBy(() -> run(
                        Embedded.environment(1),
                        Feed.of(row("a", 1.0, null)),
                        setAside().badRows("nowhere://bucket/bad")))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("mirror " + table
                        + ": bad rows can't be set aside in nowhere://bucket/bad: UnsupportedFileSystemSchemeException:"
                        + " Could not find a file system implementation for scheme 'nowhere'");
    }

    @Test
    void theGoodRowsBeforeARefusedOneAreWritten() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        IntStream.range(0, 110).forEach(i -> rows.add(row("good " + i, i, null)));
        rows.add(row("bad", Double.NaN, null));
        Feed feed = Feed.of(rows.toArray(Row[]::new));

        assertThatThrownBy(() -> run(Embedded.environment(1, Embedded.restarts()), feed, mirror()))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table " + table + ": column \"number\" of row {id=\"bad\"}: NaN is no number that DynamoDB can"
                                + " store; filter or replace it" + SUFFIX);
        assertThat(feed.runs()).isEqualTo(1);
        assertThat(items()).hasSize(110);
    }

    @Test
    void unstorableNumbersCanBeStrings() throws InterruptedException {
        MirrorSettings.Builder mirror = mirror().unstorableNumbers(UnstorableNumbers.AS_STRING);
        run(
                Embedded.environment(2),
                Feed.of(row("a", 1e300, null), row("b", Double.NaN, null), row("c", Double.NEGATIVE_INFINITY, null)),
                mirror);

        assertThat(items())
                .containsExactly(
                        item("a", "{\"S\":\"1" + "0".repeat(300) + "\"}"),
                        item("b", "{\"S\":\"NaN\"}"),
                        item("c", "{\"S\":\"-Infinity\"}"));
        try (TableReader reader = TableReader.open(mirror.schema("id str, number float"))) {
            assertThat(reader.scan())
                    .containsExactlyInAnyOrder(
                            Map.of("id", "a", "number", 1e300),
                            Map.of("id", "b", "number", Double.NaN),
                            Map.of("id", "c", "number", Double.NEGATIVE_INFINITY));
        }
    }

    private static String item(String id, String number) {
        return "{\"id\":{\"S\":\"" + id + "\"},\"exact\":{\"N\":\"1.5\"},\"number\":" + number
                + ",\"text\":{\"NULL\":true}}";
    }

    private static Row row(@Nullable String id, double number, @Nullable String text) {
        return Row.of(id, number, text, new BigDecimal("1.50"));
    }

    private static Row row(RowKind kind, String id, double number) {
        return Row.ofKind(kind, id, number, null, new BigDecimal("1.50"));
    }

    private String line(@Nullable String key, @Nullable String column, String reason, String row) {
        return "{\"table\":\"" + table + "\",\"mirror\":\"" + table + "\",\"change\":\"put\",\"key\":" + quoted(key)
                + ",\"column\":" + quoted(column) + ",\"reason\":\"" + reason + "\",\"time\":\"TIME\",\"row\":" + row
                + "}";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    private MirrorSettings.Builder mirror() {
        return Embedded.mirror(database, table).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }

    private MirrorSettings.Builder setAside() {
        return mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(badRows.toString());
    }

    private void run(StreamExecutionEnvironment environment, Feed feed, MirrorSettings.Builder mirror)
            throws InterruptedException {
        feed.end();
        live(environment, feed, ChangelogMode.insertOnly(), mirror).run();
    }

    private Live live(
            StreamExecutionEnvironment environment, Feed feed, ChangelogMode mode, MirrorSettings.Builder mirror) {
        Live live = Live.create(environment);
        live.write(live.tableEnvironment().fromChangelogStream(feed.stream(environment, TYPE), COLUMNS, mode), mirror);
        return live;
    }

    private List<String> items() {
        return Items.of(database, table);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(badRows)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines of all files, with one time. */
    private List<String> lines() {
        return names().stream()
                .flatMap(name -> lines(badRows.resolve(name)).stream())
                .map(line -> line.replaceFirst(
                        "\"time\":\"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"", "\"time\":\"TIME\""))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails at the first row of the id "fail", once for each table. */
    private static final class FailOnce implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1L;

        private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

        private final String table;

        FailOnce(String table) {
            this.table = table;
        }

        @Override
        public Row map(Row row) {
            if (Objects.equals(row.getField(0), "fail") && FAILED.add(table)) {
                throw new IllegalStateException("fails once");
            }
            return row;
        }
    }
}
