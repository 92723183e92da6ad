package dev.dynamirror.mirror;

import static dev.dynamirror.mirror.FaultyTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.RowKey;
import dev.dynamirror.write.WriterStatistics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mirror of whole items promises, and what it can't, against a server that fails. */
@ParameterizedClass
@EnumSource
@Timeout(120)
final class OrderTest {

    private static final long SEED = 20_261_122;

    private final FaultyTable table;

    OrderTest(Transport transport) {
        table = new FaultyTable(transport);
    }

    @AfterEach
    void stop() {
        table.close();
    }

    /** Every fault of which DynamoDB or the network are capable, but that a request is applied late. */
    @Test
    void nothingIsLostAndNothingOlderComesAfterNewer() throws InterruptedException {
        LiveTableScript script = LiveTableScript.seeded(SEED)
                .changes(200_000)
                .keys(5_000)
                .rows(5_000)
                .payload(0, 60)
                .build();
        List<ScriptWriter.Acknowledged> acknowledged;
        try (Mirror mirror = table.open()) {
            table.db.faults(Faults.seeded(SEED)
                    .with(Fault.UNPROCESSED, 0.02)
                    .with(Fault.unprocessed(1), 0.005)
                    .with(Fault.THROTTLE, 0.005)
                    .with(Fault.THROTTLING_EXCEPTION, 0.005)
                    .with(Fault.REQUEST_LIMIT, 0.005)
                    .with(Fault.INTERNAL_ERROR, 0.01)
                    .with(Fault.INTERNAL_ERROR_APPLIED, 0.01)
                    .with(Fault.UNAVAILABLE, 0.01)
                    .with(Fault.CLOSED_BEFORE, 0.01)
                    .with(Fault.CLOSED_AFTER, 0.01)
                    .with(Fault.HALF_REPLY, 0.01)
                    .with(Fault.delay(Duration.ZERO, Duration.ofMillis(50)), 0.1));
            acknowledged = ScriptWriter.write(script, mirror, table, 4, 9_000);
            WriterStatistics statistics = mirror.statistics();
            assertThat(statistics.unknown()).isGreaterThan(20);
            assertThat(statistics.unprocessed()).isGreaterThan(20);
            assertThat(statistics.throttled()).isGreaterThan(5);
            assertThat(statistics.merged()).isPositive();
        }
        assertThat(acknowledged).hasSizeGreaterThan(2);
        table.check(script, acknowledged);
    }

    @Test
    void aChangeWhoseReplyWasLostIsSentAgainBeforeANewerOne() throws InterruptedException {
        for (Fault lost : Arrays.asList(Fault.CLOSED_AFTER, Fault.HALF_REPLY, Fault.INTERNAL_ERROR_APPLIED)) {
            try (Mirror mirror = table.open()) {
                table.db.clearHistory();
                table.db.nextRequests(lost).hang(true);
                mirror.put(row("a", 1));
                await().until(() -> table.db.requests("BatchWriteItem") == 1);
                mirror.put(row("a", 2));
                table.db.hang(false);
                mirror.flush();
                assertThat(table.valuesOf("a")).as("%s", lost).containsExactly(1L, 1L, 2L);
                assertThat(mirror.statistics().unknown()).isEqualTo(1);
            }
        }
    }

    /**
     * The limit of a mirror that is not versioned: a request whose connection broke may reach the table when the mirror
     * has already written something newer. {@link VersionedOrderTest#aRequestThatIsAppliedLateShowsNothing()} is the same
     * with versions.
     */
    @Test
    void aRequestThatIsAppliedLateShowsAnOlderValueAgain() throws InterruptedException {
        try (Mirror mirror = table.open()) {
            table.db.nextRequests(Fault.LATE);
            mirror.put(row("a", 1));
            await().until(() -> table.db.heldBack() == 1);
            mirror.put(row("a", 2));
            mirror.flush();
            assertThat(table.valuesOf("a")).containsExactly(1L, 2L);
            table.db.applyLate();
            assertThat(table.valuesOf("a")).containsExactly(1L, 2L, 1L);
            assertThat(table.items()).isEqualTo(Map.of(new RowKey("a", null), 1L));
        }
    }

    /** The same limit between two mirrors, the first of which has died: {@link VersionedOrderTest} has none. */
    @Test
    void aRequestOfADeadMirrorOverwritesWhatALaterOneWrote() throws InterruptedException {
        table.db.faults(
                request -> request.body().toString().contains("\"value\":{\"N\":\"1\"}") ? Fault.LATE : Fault.NONE);
        Mirror dead = table.open(table.settings().giveUpAfter(Duration.ofMillis(1)));
        dead.put(row("a", 1));
        assertThatThrownBy(dead::close).isInstanceOf(MirrorException.class);
        try (Mirror mirror = table.open()) {
            mirror.put(row("a", 2));
            mirror.flush();
            table.db.applyLate();
        }
        assertThat(table.valuesOf("a")).startsWith(2L).endsWith(1L);
    }

    @Test
    void anIndexThatThrottlesIsCountedByItsName() throws InterruptedException {
        try (Mirror mirror = table.open()) {
            table.db.nextRequests(
                    Fault.throttledByIndex("ProvisionedThroughputExceededException", FaultyTable.NAME, "by-value"),
                    Fault.throttledByIndex("ThrottlingException", FaultyTable.NAME, "by-value"),
                    Fault.throttledByIndex("ThrottlingException", FaultyTable.NAME, "by-payload"),
                    Fault.THROTTLE);
            mirror.put(row("a", 1));
            mirror.flush();
            assertThat(mirror.statistics().throttledBy())
                    .isEqualTo(Map.of(
                            "IndexWriteProvisionedThroughputExceeded of index by-value", 2L,
                            "IndexWriteProvisionedThroughputExceeded of index by-payload", 1L));
            assertThat(mirror.statistics().throttled()).isEqualTo(4);
        }
        assertThat(table.valuesOf("a")).containsExactly(1L);
    }

    @Test
    void aRowThatDynamoDbRefusesTakesNoNeighbourWithIt() throws InterruptedException {
        table.db.refuse(item -> item.path("key").path("S").asText().equals("k13"));
        Mirror mirror = table.open();
        for (int i = 0; i < 100; i++) {
            mirror.put(row("k" + i, i));
        }
        String message = "table live: DynamoDB refused to put the item of key \"k13\": ValidationException: One or more"
                + " parameter values were invalid: the test refuses this item";
        assertThatThrownBy(mirror::flush).isInstanceOf(MirrorException.class).hasMessage(message);
        assertThatThrownBy(mirror::close).isInstanceOf(MirrorException.class).hasMessage(message);
        assertThat(table.items()).hasSize(99).doesNotContainKey(new RowKey("k13", null));
        assertThat(mirror.statistics().refused()).isEqualTo(1);
        assertThat(mirror.statistics().put()).isEqualTo(99);
    }
}
