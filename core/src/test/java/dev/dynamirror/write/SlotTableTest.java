package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SlotTableTest {

    private final SlotTable slots = new SlotTable();
    private final PendingChanges.Epoch epoch = new PendingChanges.Epoch(0, 0);

    /** Three thousand keys make the table grow; the reference is a map. */
    @Test
    void holdsWhatAMapHolds() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Key, Slot> expected = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            Change change = Changes.put("k" + random.nextInt(3_000), i);
            Slot slot = slots.get(change.key());
            assertThat(slot).isSameAs(expected.get(change.key()));
            if (slot == null) {
                expected.put(change.key(), slots.add(change, epoch, i));
            } else if (random.nextInt(3) == 0) {
                slots.remove(slot);
                expected.remove(change.key());
            }
            assertThat(slots.isEmpty()).isEqualTo(expected.isEmpty());
        }
        assertThat(expected).hasSizeGreaterThan(1_024);
    }

    /** Texts of one hash: "Aa" and "BB" in any order. */
    @Test
    void keysOfOneHashHaveSlotsOfTheirOwn() {
        List<Slot> added = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 4; bit++) {
                key.append((i >> bit) % 2 == 0 ? "Aa" : "BB");
            }
            added.add(slots.add(Changes.put(key.toString(), i), epoch, 0));
        }
        assertThat(added.stream().map(slot -> slot.change.key().hashCode()).distinct())
                .hasSize(1);
        for (int i : new int[] {7, 15, 0, 8}) {
            Key key = added.get(i).change.key();
            slots.remove(added.get(i));
            assertThat(slots.get(key)).isNull();
        }
        assertThat(slots.get(added.get(9).change.key())).isSameAs(added.get(9));
    }

    @Test
    void aSlotThatIsUsedAgainIsAsNew() {
        Slot first = slots.add(Changes.put("a", 1), epoch, 5);
        first.newer = Changes.put("a", 2);
        first.newerEpoch = epoch;
        first.state = Slot.State.IN_FLIGHT;
        first.uncertain = true;
        first.failures = 3;
        first.delayedUntil = 4;
        first.largestBatch = 1;
        first.newerSince = 6;
        slots.remove(first);
        Change change = Changes.put("b", 1);
        Slot second = slots.add(change, epoch, 9);
        assertThat(second).isSameAs(first);
        assertThat(slots.get(change.key())).isSameAs(second);
        Slot expected = new Slot(1, change, epoch, 9);
        expected.hash = second.hash;
        assertThat(second).usingRecursiveComparison().isEqualTo(expected);
    }
}
