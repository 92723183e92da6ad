package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.reconcile.Difference;
import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.Verification;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.value.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comparison of a live table with its DynamoDB table finds. */
final class VerifyTest {

    private static final String TABLE = "orders";
    private static final Schema SCHEMA = Schema.parse("id int?, item str, price float?");

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @AfterEach
    void stop() {
        db.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void equalTablesAreEqual(int parallelism) throws Exception {
        fill(Stream.of(item(1, "apple", 0.5), item(2, "pear", 1.0)));

        Verification found = verify(
                parallelism,
                Row.of(1L, "apple", 0.25),
                Row.of(2L, "pear", 1.0),
                Row.ofKind(RowKind.DELETE, 1L, "apple", 0.25),
                Row.of(1L, "apple", 0.50));

        assertThat(found.totals().areEqual()).isTrue();
        assertThat(found.totals().equal()).isEqualTo(2);
        assertThat(found.totals().expected()).isEqualTo(found.totals().found());
        assertThat(found.firstDifferences()).isEmpty();
        assertThat(db.history(TABLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void eachDifferenceIsTold(int parallelism, @TempDir Path folder) throws Exception {
        fill(Stream.of(item(1, "apple", 0.5), item(2, "pear", 1.0), item(3, "plum", 2.0)));
        Path output = folder.resolve("differences.jsonl");
        Files.writeString(output, "what was there before");

        Live live = Live.create(Embedded.environment(parallelism));
        Verification found = live.verify(
                live.tableFromRows(SCHEMA, Row.of(1L, "apple", 0.5), Row.of(2L, "fig", 1.0), Row.of(4L, "lime", null)),
                mirror(),
                output.toString());

        DifferenceTotals totals = found.totals();
        assertThat(totals.areEqual()).isFalse();
        assertThat(List.of(totals.equal(), totals.missing(), totals.unexpected(), totals.different()))
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(totals.writeUnits()).isEqualTo(3);
        assertThat(totals.expected()).isNotEqualTo(totals.found());
        assertThat(found.firstDifferences().stream().map(Difference::toString))
                .containsExactly(
                        "different {id=2}: \"item\": expected {\"S\":\"fig\"}, found {\"S\":\"pear\"}",
                        "unexpected {id=3}",
                        "missing {id=4}");
        assertThat(Files.readAllLines(output))
                .containsExactlyInAnyOrder(
                        "{\"difference\":\"different\",\"key\":{\"id\":{\"N\":\"2\"}},\"attributes\":{\"item\":"
                                + "{\"expected\":{\"S\":\"fig\"},\"found\":{\"S\":\"pear\"}}}}",
                        "{\"difference\":\"unexpected\",\"key\":{\"id\":{\"N\":\"3\"}},\"found\":{\"id\":{\"N\":\"3\"},"
                                + "\"item\":{\"S\":\"plum\"},\"price\":{\"N\":\"2\"}}}",
                        "{\"difference\":\"missing\",\"key\":{\"id\":{\"N\":\"4\"}},\"expected\":{\"id\":{\"N\":\"4\"},"
                                + "\"item\":{\"S\":\"lime\"},\"price\":{\"NULL\":true}}}");
        assertThat(db.history(TABLE)).isEmpty();
    }

    @Test
    void ofManyDifferencesTheFirstAreTold() throws Exception {
        fill(IntStream.range(100, 150).mapToObj(id -> item(id, "x", 1.0)));

        Verification found = verify(3);

        assertThat(found.totals().unexpected()).isEqualTo(50);
        assertThat(found.firstDifferences().stream().map(Difference::toString))
                .containsExactlyElementsOf(IntStream.range(100, 120)
                        .mapToObj(id -> "unexpected {id=" + id + "}")
                        .toList());
    }

    @Test
    void whatAMirrorHasWrittenIsWhatItsLiveTableIs() throws Exception {
        Live live = Live.create(Embedded.environment(2));
        Table table = live.tableFromRows(SCHEMA, Row.of(1L, "apple", 0.5), Row.of(2L, "fig", null));
        live.write(table, mirror().initMode(InitMode.CREATE_IF_NOT_EXISTS));
        live.run();

        assertThat(live.verify(table, mirror()).totals().areEqual()).isTrue();
    }

    @Test
    void rowsThatAreSetAsideAreCounted(@TempDir Path folder) throws Exception {
        fill(Stream.of(item(1, "apple", 0.5)));

        Live live = Live.create(Embedded.environment(2));
        Verification found = live.verify(
                live.tableFromRows(
                        SCHEMA,
                        Row.of(1L, "apple", 0.5),
                        Row.of(2L, "fig", Double.NaN),
                        Row.of(null, "nobody", 0.5),
                        Row.of(null, "no one", 0.5)),
                mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(folder.toString()));

        assertThat(found.rowsSetAside()).isEqualTo(3);
        assertThat(found.totals().areEqual()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMirrorThatIsDeclaredStaysSo(@TempDir Path folder) throws Exception {
        fill(Stream.of());
        Live live = Live.create(Embedded.environment(1));
        Table rows = live.tableFromRows(SCHEMA, Row.of(1L, "apple", 0.5), Row.of(null, "nobody", 0.5));
        MirrorSettings.Builder mirror = mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(folder.toString());
        live.write(rows, mirror);

        assertThat(live.verify(rows, mirror).totals().missing()).isEqualTo(1);
        live.run();

        assertThat(live.verify(rows, mirror).totals().areEqual()).isTrue();
    }

    @Test
    void aBadRowFailsIt() {
        fill(Stream.of(item(1, "apple", 0.5)));

        assertThatThrownBy(() -> verify(1, Row.of(1L, "apple", Double.NaN)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: column \"price\" of row {id=1}: NaN is no number that DynamoDB can store; filter"
                                + " or replace it; such rows can be set aside (on-bad-row)");
        assertThatThrownBy(() -> verify(1, Row.of(null, "nobody", 1.0)))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: column \"id\" of a row: the key is absent, and every item needs one; such rows"
                                + " can be set aside (on-bad-row)");
    }

    @Test
    void aMissingTableStaysMissing() {
        assertThatThrownBy(() -> verify(1, Row.of(1L, "apple", 1.0)))
                .isInstanceOf(MirrorException.class)
                .hasMessageContaining("orders");
        assertThat(db.requests("CreateTable")).isZero();
    }

    @Test
    void aLiveTableWithoutAnEndIsRefused() {
        fill(Stream.of(item(1, "apple", 0.5)));
        Feed feed = Feed.of();
        StreamExecutionEnvironment environment = Embedded.environment(1);
        Live live = Live.create(environment);
        Table table = live.tableEnvironment()
                .fromDataStream(feed.stream(environment, Types.ROW_NAMED(new String[] {"id"}, Types.INT)));

        assertThatThrownBy(() -> live.verify(table, mirror()))
                .isInstanceOf(MirrorException.class)
                .hasMessageContaining("goes on and does not say when all rows that there are have come");
    }

    @Test
    void anInterruptedComparisonStops() throws Exception {
        fill(Stream.of(item(1, "apple", 0.5)));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> verify(1, Row.of(1L, "apple", 0.5))).isInstanceOf(InterruptedException.class);
    }

    private Verification verify(int parallelism, Row... rows) throws InterruptedException {
        Live live = Live.create(Embedded.environment(parallelism));
        return live.verify(live.tableFromRows(SCHEMA, rows), mirror());
    }

    private MirrorSettings.Builder mirror() {
        return DynamoDb.table(TABLE).partitionKey("id").endpoint(db.endpoint()).region(Embedded.REGION);
    }

    private void fill(Stream<Map<String, ?>> rows) {
        Items.put(mirror(), Schema.parse("id int, item str, price float?"), rows);
        db.clearHistory();
    }

    private static Map<String, ?> item(long id, String item, double price) {
        return Map.of("id", id, "item", item, "price", price);
    }
}
