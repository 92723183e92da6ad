package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.value.Schema;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What readers see of a table while it is reconciled, and what it is in the end if DynamoDB fails meanwhile. */
@WithLocalDynamoDb
final class ReconcileUnderLoadTest {

    private static final int ITEMS = 10_000;
    private static final Schema SCHEMA = Schema.parse("id int, a str, b str");

    private final LocalDynamoDb database;

    ReconcileUnderLoadTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void aReaderMissesNothingAndSeesNoHalfItem(@TableName String table) throws Exception {
        Items.put(
                Embedded.mirror(database, table).partitionKey("id"),
                SCHEMA,
                IntStream.range(0, ITEMS).mapToObj(id -> item(id, "old")));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> read(table, done));

        Live live = Live.create(Embedded.environment(2));
        live.write(
                live.tableFromRows(
                        SCHEMA,
                        IntStream.range(0, ITEMS)
                                .mapToObj(id -> row(id, id % 2 == 0 ? "old" : "new"))
                                .toArray(Row[]::new)),
                Embedded.mirror(database, table).partitionKey("id").initMode(InitMode.RECONCILE));
        live.run();
        done.set(true);

        assertThat(reader.get()).as("complete reads of the table").isPositive();
        assertThat(Items.of(database, table).stream().filter(item -> item.contains("new")))
                .hasSize(ITEMS / 2);
    }

    @Test
    void theTableEqualsTheLiveTableWhateverFails() throws Exception {
        long seed = System.nanoTime();
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            MirrorSettings.Builder settings =
                    DynamoDb.table("orders").endpoint(db.endpoint()).region(Embedded.REGION);
            Items.put(
                    settings.partitionKey("id"),
                    SCHEMA,
                    IntStream.range(0, 3_000).mapToObj(id -> item(id, "old")));
            db.clearHistory();
            db.faults(Faults.seeded(seed)
                    .with(Fault.UNPROCESSED, 0.1)
                    .with(Fault.THROTTLE, 0.1)
                    .with(Fault.INTERNAL_ERROR_APPLIED, 0.05)
                    .with(Fault.CLOSED_BEFORE, 0.03)
                    .with(Fault.CLOSED_AFTER, 0.03)
                    .with(Fault.HALF_REPLY, 0.03));

            Live live = Live.create(Embedded.environment(3, Embedded.restarts()));
            live.write(
                    live.tableFromRows(
                            SCHEMA,
                            IntStream.range(1_000, 4_000)
                                    .mapToObj(id -> row(id, id < 2_000 ? "old" : "new"))
                                    .toArray(Row[]::new)),
                    settings.initMode(InitMode.RECONCILE).maxDeletes(MaxDeletes.parse("1000")));
            live.run();

            db.faults(Faults.none());
            assertThat(db.items("orders"))
                    .as("seed %d", seed)
                    .hasSize(3_000)
                    .allSatisfy(item -> assertThat(text(item, "a"))
                            .isEqualTo(text(item, "b"))
                            .isEqualTo(number(item) < 2_000 ? "old" : "new"));
            assertThat(db.history("orders"))
                    .as("seed %d", seed)
                    .noneMatch(write -> number(write.key()) >= 1_000 && number(write.key()) < 2_000)
                    .noneMatch(write -> number(write.key()) >= 2_000 && write.after() == null);
        }
    }

    @Test
    void theTableIsReadNoFasterThanItMayBe() throws Exception {
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            MirrorSettings.Builder settings =
                    DynamoDb.table("orders").endpoint(db.endpoint()).region(Embedded.REGION);
            String large = "x".repeat(100_000);
            Items.put(
                    settings.partitionKey("id"), SCHEMA, IntStream.range(0, 40).mapToObj(id -> item(id, large)));
            Row[] rows = IntStream.range(0, 40).mapToObj(id -> row(id, large)).toArray(Row[]::new);

            Live live = Live.create(Embedded.environment(1));
            live.write(
                    live.tableFromRows(SCHEMA, rows),
                    settings.initMode(InitMode.RECONCILE).maxReadUnitsPerSecond(1_000));
            long start = System.nanoTime();
            live.run();

            // Some 8 MB in four segments or more, half a unit for 4 KB, and the first page is paid for by the second.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    /** Reads the whole table again and again; gives how often. */
    private int read(String table, AtomicBoolean done) {
        int reads = 0;
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            DynamoDbClient client = connection.client();
            do {
                Set<String> seen = new HashSet<>();
                client.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                        .items()
                        .forEach(item -> {
                            assertThat(item.get("a")).as("half of %s", item).isEqualTo(item.get("b"));
                            seen.add(Objects.requireNonNull(item.get("id")).n());
                        });
                assertThat(seen).hasSize(ITEMS);
                reads++;
            } while (!done.get());
        }
        return reads;
    }

    private static Map<String, ?> item(int id, String text) {
        return Map.of("id", id, "a", text, "b", text);
    }

    private static Row row(long id, String text) {
        return Row.of(id, text, text);
    }

    private static long number(ObjectNode item) {
        return item.get("id").get("N").asLong();
    }

    private static String text(ObjectNode item, String attribute) {
        return item.get(attribute).get("S").asText();
    }
}
