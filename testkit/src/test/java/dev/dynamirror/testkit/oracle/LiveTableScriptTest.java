package dev.dynamirror.testkit.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveTableScriptTest {

    @Test
    void theSameSeedGivesTheSameCommits() {
        LiveTableScript script = LiveTableScript.seeded(7).sharing(0.3).build();
        assertThat(script).containsExactlyElementsOf(script);
        assertThat(LiveTableScript.seeded(7).sharing(0.3).build()).containsExactlyElementsOf(script);
        assertThat(changes(LiveTableScript.seeded(8).sharing(0.3).build())).isNotEqualTo(changes(script));
        assertThat(script).hasToString("the script of seed 7");
    }

    @Test
    void aBuiltScriptDoesNotChangeWithItsBuilder() {
        LiveTableScript.Builder builder = LiveTableScript.seeded(7).changes(10);
        LiveTableScript script = builder.build();
        builder.changes(20);
        assertThat(changes(script)).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void changesFollowFromEachOther(double sharing) {
        for (long seed = 0; seed < 50; seed++) {
            LiveTableScript script = LiveTableScript.seeded(seed)
                    .sharing(sharing)
                    .rows(60)
                    .largestBurst(3)
                    .payload(5, 7)
                    .build();
            Map<Long, Row> live = new HashMap<>();
            int commits = 0;
            long number = 0;
            boolean shared = false;
            for (Commit commit : script) {
                assertThat(commit.number()).isEqualTo(++commits);
                assertThat(commit.changes()).hasSizeBetween(1, 10);
                for (Change change : commit.changes()) {
                    assertThat(change.number()).isEqualTo(++number);
                    Row before = change.before();
                    Row after = change.after();
                    if (before != null) {
                        assertThat(live.remove(before.id())).isEqualTo(before);
                    }
                    if (after != null) {
                        assertThat(live.put(after.id(), after)).isNull();
                        assertThat(after.value()).isEqualTo(number);
                        assertThat(after.payload()).isBetween(5, 7);
                    }
                    Set<RowKey> keys = live.values().stream().map(Row::key).collect(Collectors.toSet());
                    shared |= keys.size() < live.size();
                }
            }
            assertThat(number).isEqualTo(1_000);
            assertThat(shared).as("seed %s", seed).isEqualTo(sharing > 0);
        }
    }

    @Test
    void changesAreOfTheKindsAskedFor() {
        LiveTableScript script = LiveTableScript.seeded(1)
                .changes(100_000)
                .keys(10)
                .rows(100_000)
                .sharing(1)
                .shares(5, 3, 2)
                .moves(2)
                .build();
        Map<String, Long> counts = changes(script).stream()
                .collect(Collectors.groupingBy(
                        change -> isMove(change) ? "MOVE" : change.kind().name(), Collectors.counting()));
        // Of the moves, some end at the key where they began.
        assertThat(counts.get("INSERT")).isBetween(41_000L, 42_500L);
        assertThat(counts.get("UPDATE")).isBetween(25_000L, 30_000L);
        assertThat(counts.get("DELETE")).isBetween(16_000L, 17_400L);
        assertThat(counts.get("MOVE")).isBetween(12_000L, 16_000L);
    }

    @Test
    void someKeysAreHot() {
        Map<RowKey, Long> counts = changes(LiveTableScript.seeded(1)
                        .changes(100_000)
                        .keys(1_000)
                        .rows(2_000)
                        .moves(0)
                        .zipfExponent(1)
                        .build())
                .stream()
                .collect(Collectors.groupingBy(LiveTableScriptTest::keyOf, Collectors.counting()));
        // The sum of 1/n up to 1,000 is 7.485.
        assertThat(counts.get(new RowKey("k0", null))).isBetween(12_900L, 13_800L);
        assertThat(counts.get(new RowKey("k1", null))).isBetween(6_300L, 7_000L);
        assertThat(counts).hasSizeGreaterThan(990);
    }

    @Test
    void burstsAreOfOneKey() {
        List<Change> changes = changes(LiveTableScript.seeded(1)
                .changes(20_000)
                .keys(10_000)
                .rows(10_000)
                .moves(0)
                .zipfExponent(0)
                .largestBurst(9)
                .build());
        int bursts = 1;
        for (int i = 1; i < changes.size(); i++) {
            bursts += keyOf(changes.get(i)).equals(keyOf(changes.get(i - 1))) ? 0 : 1;
        }
        assertThat(bursts).isBetween(3_800, 4_200);
    }

    @ParameterizedTest
    @EnumSource
    void keysHaveTheirForm(KeyForm form) {
        LiveTableScript script =
                LiveTableScript.seeded(1).keys(25).zipfExponent(0).keyForm(form).build();
        Set<RowKey> keys = new HashSet<>();
        changes(script).forEach(change -> keys.add(keyOf(change)));
        RowKey last = switch (form) {
            case STRING -> new RowKey("k24", null);
            case NUMBER -> new RowKey(24L, null);
            case STRING_AND_SORT -> new RowKey("p2", 4L);
            case NUMBER_AND_SORT -> new RowKey(2L, 4L);
        };
        assertThat(keys).hasSize(25).contains(last);
        assertThat(last.toString()).isIn("k24", "24", "p2/4", "2/4");
    }

    @Test
    void moreKeysThanRows() {
        LiveTableScript script =
                LiveTableScript.seeded(1).keys(100).rows(1).shares(1, 1, 0).build();
        List<Change> changes = changes(script);
        assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.INSERT);
        assertThat(changes.subList(1, 1_000)).allMatch(change -> change.kind() == Change.Kind.UPDATE);
    }

    @Test
    void endsAfterItsChanges() {
        Iterator<Commit> commits = LiveTableScript.seeded(1).changes(1).build().iterator();
        assertThat(commits.next().changes()).hasSize(1);
        assertThat(commits.hasNext()).isFalse();
        assertThatThrownBy(commits::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void settingsAreChecked() {
        LiveTableScript.Builder builder = LiveTableScript.seeded(1);
        assertThatThrownBy(() -> builder.changes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("changes must be positive, but is 0");
        assertThatThrownBy(() -> builder.shares(0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shares must be positive, but are 0.0, 0.0 and 0.0");
        assertThatThrownBy(() -> builder.moves(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("moves must not be negative, but are -1.0");
        assertThatThrownBy(() -> builder.sharing(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sharing must be from 0 to 1, but is 2.0");
        assertThatThrownBy(() -> builder.zipfExponent(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("zipfExponent must not be negative, but is NaN");
        assertThatThrownBy(() -> builder.payload(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no range of bytes: from 2 to 1");
    }

    private static List<Change> changes(LiveTableScript script) {
        List<Change> changes = new ArrayList<>();
        StreamSupport.stream(script.spliterator(), false).map(Commit::changes).forEach(changes::addAll);
        return changes;
    }

    private static boolean isMove(Change change) {
        Row before = change.before();
        Row after = change.after();
        return before != null && after != null && !before.key().equals(after.key());
    }

    private static RowKey keyOf(Change change) {
        Row after = change.after();
        return after != null ? after.key() : requireNonNull(change.before()).key();
    }
}
