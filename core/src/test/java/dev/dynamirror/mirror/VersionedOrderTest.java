package dev.dynamirror.mirror;

import static dev.dynamirror.mirror.FaultyTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a versioned mirror promises, against a server that applies requests late and loses replies. */
@ParameterizedClass
@EnumSource
@Timeout(120)
final class VersionedOrderTest {

    private static final long SEED = 20_261_122;

    private final FaultyTable table;

    VersionedOrderTest(Transport transport) {
        table = new FaultyTable(transport);
    }

    @AfterEach
    void stop() {
        table.close();
    }

    @Test
    void ownVersionsKeepLateRequestsOut() throws InterruptedException {
        keepsLateRequestsOut(table.versioned());
    }

    @Test
    void aVersionColumnKeepsLateRequestsOut() throws InterruptedException {
        keepsLateRequestsOut(table.versioned().versionColumn("value"));
    }

    /** Rows that are merged into items, and deletes that leave the items. */
    @Test
    void versionsOfMergedRowsKeepLateRequestsOut() throws InterruptedException {
        keepsLateRequestsOut(table.versioned().writeMode(WriteMode.MERGE).mergeDeletes(MergeDeletes.ATTRIBUTES));
    }

    @Test
    void lateRequestsAreHarmlessWithoutTombstonesIfNothingIsDeleted() throws InterruptedException {
        LiveTableScript script = script().shares(1, 4, 0).moves(0).build();
        table.db.faults(lateAndLost());
        writeAndCheck(script, table.versioned().versionedDeletes(VersionedDeletes.REMOVE));
    }

    @Test
    void lostRepliesAreHarmlessWithoutTombstones() throws InterruptedException {
        table.db.faults(lost());
        writeAndCheck(script().build(), table.versioned().versionedDeletes(VersionedDeletes.REMOVE));
    }

    /** As {@link OrderTest#aRequestThatIsAppliedLateShowsAnOlderValueAgain()}, but with versions. */
    @Test
    void aRequestThatIsAppliedLateShowsNothing() throws InterruptedException {
        try (Mirror mirror = table.open(table.versioned())) {
            table.db.nextRequests(Fault.LATE);
            mirror.put(row("a", 1));
            await().until(() -> table.db.heldBack() == 1);
            mirror.put(row("a", 2));
            mirror.flush();
            assertThat(table.db.applyLate()).isEqualTo(1);
            assertThat(table.valuesOf("a")).containsExactly(1L, 2L);
        }
    }

    @Test
    void aTombstoneKeepsALatePutOut() throws InterruptedException {
        deleteBeforeALatePut(table.versioned());
        assertThat(table.valuesOf("a")).containsExactly(1L, null);
        assertThat(table.items()).isEmpty();
        assertThat(table.db.items(FaultyTable.NAME)).hasSize(1);
    }

    /** The limit of a versioned mirror without tombstones: nothing tells that what comes late was deleted. */
    @Test
    void withoutATombstoneALatePutBringsADeletedItemBack() throws InterruptedException {
        deleteBeforeALatePut(table.versioned().versionedDeletes(VersionedDeletes.REMOVE));
        assertThat(table.valuesOf("a")).containsExactly(1L, null, 1L);
    }

    private void deleteBeforeALatePut(MirrorSettings.Builder settings) throws InterruptedException {
        try (Mirror mirror = table.open(settings)) {
            table.db.nextRequests(Fault.LATE);
            mirror.put(row("a", 1));
            await().until(() -> table.db.heldBack() == 1);
            mirror.delete(Map.of("key", "a"));
            mirror.flush();
            assertThat(table.db.applyLate()).isEqualTo(1);
        }
    }

    /** As {@link OrderTest#aRequestOfADeadMirrorOverwritesWhatALaterOneWrote()}, but with versions. */
    @Test
    void aRequestOfADeadMirrorChangesNothingThatALaterOneWrote() throws InterruptedException {
        table.db.faults(
                request -> request.body().toString().contains("\"value\":{\"N\":\"1\"}") ? Fault.LATE : Fault.NONE);
        Mirror dead = table.open(table.versioned().giveUpAfter(Duration.ofMillis(1)));
        dead.put(row("a", 1));
        assertThatThrownBy(dead::close).isInstanceOf(MirrorException.class);
        try (Mirror mirror = table.open(table.versioned())) {
            mirror.put(row("a", 2));
            mirror.flush();
            assertThat(table.db.applyLate()).isPositive();
        }
        assertThat(table.valuesOf("a")).containsExactly(2L);
    }

    @Test
    void aMirrorThatALaterOneHasOvertakenStops() throws InterruptedException {
        Mirror older = table.open(table.versioned());
        older.put(row("a", 1));
        older.flush();
        try (Mirror later = table.open(table.versioned())) {
            later.put(row("a", 2));
            later.flush();
            older.put(row("a", 3));
            assertThatThrownBy(older::flush)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table live: the item of key \"a\" has a version of a mirror that was begun later; this"
                            + " one stops, as only one of them can be right");
            assertThatThrownBy(older::close).isInstanceOf(MirrorException.class);
            later.delete(Map.of("key", "a"));
        }
        assertThat(table.valuesOf("a")).containsExactly(1L, 2L, null);
    }

    private void keepsLateRequestsOut(MirrorSettings.Builder settings) throws InterruptedException {
        table.db.faults(lateAndLost());
        writeAndCheck(script().build(), settings);
    }

    private void writeAndCheck(LiveTableScript script, MirrorSettings.Builder settings) throws InterruptedException {
        List<ScriptWriter.Acknowledged> acknowledged;
        try (Mirror mirror = table.open(settings)) {
            acknowledged = ScriptWriter.write(script, mirror, table, 2, 150);
            assertThat(mirror.statistics().unknown()).isGreaterThan(10);
        }
        table.awaitLate();
        table.check(script, acknowledged);
    }

    private static LiveTableScript.Builder script() {
        return LiveTableScript.seeded(SEED).changes(1_200).keys(100).rows(100);
    }

    private static Faults.Seeded lost() {
        return Faults.seeded(SEED)
                .with(Fault.CLOSED_AFTER, 0.02)
                .with(Fault.HALF_REPLY, 0.02)
                .with(Fault.INTERNAL_ERROR_APPLIED, 0.02)
                .with(Fault.THROTTLE, 0.01)
                .with(Fault.CLOSED_BEFORE, 0.02);
    }

    /** Some are so late that their keys have had several other requests meanwhile. */
    private static Faults.Seeded lateAndLost() {
        return lost().with(Fault.late(Duration.ofMillis(1)), 0.02)
                .with(Fault.late(Duration.ofMillis(100)), 0.03)
                .with(Fault.late(Duration.ofMillis(300)), 0.03);
    }
}
