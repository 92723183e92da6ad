package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.testkit.faulty.Consumption;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A mirror with a budget against the server's own count: within 5 % over ten seconds, and as much as that if there is
 * enough to write. Ten seconds last ten seconds, so all mirrors write at once, from when the class is loaded.
 */
@Timeout(60)
final class BudgetTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** Until a mirror has learnt what its items cost. */
    private static final Duration BEGINNING = Duration.ofSeconds(1);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static final Future<Consumed> SMALL = THREADS.submit(() -> {
        try (FaultyTable table = new FaultyTable()) {
            return consumed(500, table, table.settings(), 20, 60);
        }
    });

    private static final Future<Consumed> MIXED = THREADS.submit(() -> {
        try (FaultyTable table = new FaultyTable()) {
            return consumed(1_000, table, table.settings(), 1_000, 8_000);
        }
    });

    private static final Future<Consumed> INDEXED = THREADS.submit(() -> {
        try (FaultyTable table = new FaultyTable()) {
            createWithTwoIndexes(table);
            Consumed consumed = consumed(600, table, table.settings(), 20, 60);
            assertThat(table.db.consumedWriteUnits()).isEqualTo(3.0 * table.db.appliedWrites());
            return consumed;
        }
    });

    private static final Future<Consumed> UNPROCESSED = THREADS.submit(() -> {
        try (FaultyTable table = new FaultyTable()) {
            table.db.faults(Faults.seeded(20_261_122)
                    .with(Fault.UNPROCESSED, 0.2)
                    .with(Fault.THROTTLE, 0.02)
                    .with(Fault.INTERNAL_ERROR, 0.02));
            return consumed(400, table, table.settings(), 20, 2_000);
        }
    });

    private static final Future<Consumed> VERSIONED = THREADS.submit(() -> {
        try (FaultyTable table = new FaultyTable()) {
            return consumed(600, table, table.versioned(), 20, 3_000);
        }
    });

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    @Test
    void smallItems() throws Exception {
        SMALL.get().requireBetween(4_750, 5_250);
    }

    @Test
    void itemsOfMixedSizes() throws Exception {
        MIXED.get().requireBetween(9_500, 10_500);
    }

    /** Each write costs three times, of which the first request does not know. */
    @Test
    void twoIndexes() throws Exception {
        INDEXED.get().requireBetween(5_700, 6_300);
    }

    /** And some requests that are throttled or fail as a whole. */
    @Test
    void unprocessedItems() throws Exception {
        UNPROCESSED.get().requireBetween(3_800, 4_200);
    }

    /** Requests of single items. */
    @Test
    void versionedItems() throws Exception {
        VERSIONED.get().requireBetween(5_700, 6_300);
    }

    /** Has a mirror with a budget write items with payloads of such sizes, for long enough. */
    private static Consumed consumed(
            double budget, FaultyTable table, MirrorSettings.Builder settings, int smallest, int largest)
            throws InterruptedException {
        table.db.keepHistory(false);
        Mirror mirror = table.open(settings.maxWriteUnitsPerSecond(budget));
        SplittableRandom random = new SplittableRandom(20_261_122);
        for (int i = 0; lasted(table).compareTo(BEGINNING.plus(WINDOW)) < 0; i++) {
            for (int j = 0; j < 100; j++) {
                mirror.put(Map.of(
                        "key",
                        "k" + i + "/" + j,
                        "value",
                        i,
                        "payload",
                        "x".repeat(random.nextInt(smallest, largest + 1))));
            }
        }
        Consumed consumed = Consumed.of(table);
        // What waits would take some more seconds.
        table.db.faults(request -> Fault.error(400, "AccessDeniedException", "the test is over"));
        assertThatThrownBy(mirror::close).isInstanceOf(MirrorException.class).hasMessageEndingWith("the test is over");
        return consumed;
    }

    /**
     * What the server counted.
     *
     * @param most in any ten seconds
     * @param steady in the ten seconds behind the beginning
     */
    private record Consumed(double most, double steady) {

        static Consumed of(FaultyTable table) {
            List<Consumption> all = table.db.consumption();
            Instant from = all.get(0).start().plus(BEGINNING);
            Instant to = from.plus(WINDOW);
            double steady = all.stream()
                    .filter(each -> !each.start().isBefore(from) && each.start().isBefore(to))
                    .mapToDouble(Consumption::writeUnits)
                    .sum();
            return new Consumed(table.db.mostWriteUnitsWithin(WINDOW), steady);
        }

        void requireBetween(double least, double greatest) {
            assertThat(steady).isGreaterThanOrEqualTo(least);
            assertThat(most).isLessThanOrEqualTo(greatest);
        }
    }

    /** How long the server has been written to. */
    private static Duration lasted(FaultyTable table) {
        List<Consumption> all = table.db.consumption();
        return all.isEmpty()
                ? Duration.ZERO
                : Duration.between(all.get(0).start(), all.get(all.size() - 1).start());
    }

    private static void createWithTwoIndexes(FaultyTable table) {
        table.beside(client -> client.createTable(request -> request.tableName(FaultyTable.NAME)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("key", ScalarAttributeType.S),
                        attribute("value", ScalarAttributeType.N),
                        attribute("payload", ScalarAttributeType.S))
                .keySchema(partitionKey("key"))
                .globalSecondaryIndexes(index("by-value", "value"), index("by-payload", "payload"))));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement partitionKey(String attribute) {
        return KeySchemaElement.builder()
                .attributeName(attribute)
                .keyType(KeyType.HASH)
                .build();
    }

    private static GlobalSecondaryIndex index(String name, String attribute) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(partitionKey(attribute))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build();
    }
}
