package dev.dynamirror.flink.input;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a live table in the order of their times.
 *
 * <p>What happens at one time happens at once: a row that comes and goes has not changed, so the two lines cancel out.
 * Of the others, those that come are before those that go: an update's new row is there before its old one is taken
 * away, and whoever keeps one row per key sees one put and never a delete.
 */
final class Timeline {

    private final Place place;
    private final Map<Long, List<TimedChange>> changesByTime = new TreeMap<>();

    /** How many rows live, by values and identity. */
    private final Map<IdentifiedRow, Integer> living = new HashMap<>();

    /** The line that each living identity came by. */
    private final Map<String, Long> identities = new HashMap<>();

    Timeline(Place place) {
        this.place = place;
    }

    void add(TimedChange change) {
        changesByTime.computeIfAbsent(change.time(), time -> new ArrayList<>()).add(change);
    }

    /**
     * The changes in order.
     *
     * @throws dev.dynamirror.error.MirrorException if a row goes that doesn't live, or an identity comes that does
     */
    List<Row> changes() {
        List<Row> rows = new ArrayList<>();
        for (List<TimedChange> sameTime : changesByTime.values()) {
            List<TimedChange> net = withoutPairs(sameTime, TimedChange::row);
            net.stream().filter(change -> !change.isInsert()).forEach(this::remove);
            net.stream().filter(TimedChange::isInsert).forEach(this::insert);
            // Rows of different identities may have equal values.
            withoutPairs(net, change -> change.row().content()).stream()
                    .sorted(Comparator.comparing(TimedChange::isInsert).reversed())
                    .map(TimedChange::toRow)
                    .forEach(rows::add);
        }
        return rows;
    }

    /** The changes that remain when each row that comes is paired with an equal one that goes. */
    private static List<TimedChange> withoutPairs(List<TimedChange> changes, Function<TimedChange, Object> equality) {
        Map<Object, Deque<TimedChange>> remaining = new LinkedHashMap<>();
        for (TimedChange change : changes) {
            Deque<TimedChange> equal = remaining.computeIfAbsent(equality.apply(change), key -> new ArrayDeque<>());
            TimedChange last = equal.peekLast();
            if (last == null || last.kind() == change.kind()) {
                equal.addLast(change);
            } else {
                equal.removeLast();
            }
        }
        return remaining.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparingLong(TimedChange::line))
                .toList();
    }

    private void remove(TimedChange change) {
        Integer count = living.get(change.row());
        if (count == null) {
            throw place.line(change.line())
                    .error("there is no such row to delete" + (change.time() == 0 ? "" : " at time " + change.time()));
        }
        if (count == 1) {
            living.remove(change.row());
        } else {
            living.put(change.row(), count - 1);
        }
        change.row().identity().ifPresent(identities::remove);
    }

    private void insert(TimedChange change) {
        living.merge(change.row(), 1, Integer::sum);
        change.row().identity().ifPresent(identity -> {
            @Nullable Long line = identities.putIfAbsent(identity, change.line());
            if (line != null) {
                throw place.line(change.line())
                        .error("the identity \"" + identity + "\" is that of the row in line " + line
                                + ", which still lives");
            }
        });
    }
}
