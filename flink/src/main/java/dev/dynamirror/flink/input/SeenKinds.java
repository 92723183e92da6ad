package dev.dynamirror.flink.input;

import dev.dynamirror.value.ScalarType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of the values that were seen in one place, each with the first line where it was. */
final class SeenKinds {

    private final Map<CellKind, Long> lines = new EnumMap<>(CellKind.class);

    void add(CellKind kind, long line) {
        lines.putIfAbsent(kind, line);
    }

    boolean contains(CellKind kind) {
        return lines.containsKey(kind);
    }

    /** Whether nothing else was seen; not even this has to be. */
    boolean only(CellKind... allowed) {
        return Set.of(allowed).containsAll(lines.keySet());
    }

    /** The one type that takes all kinds that were seen, if there is one; if nothing was, it is {@code str}. */
    Optional<ScalarType> commonType() {
        if (only(CellKind.STR)) {
            return Optional.of(ScalarType.STR);
        }
        if (only(CellKind.INT)) {
            return Optional.of(ScalarType.INT);
        }
        if (only(CellKind.INT, CellKind.FLOAT)) {
            return Optional.of(ScalarType.FLOAT);
        }
        return only(CellKind.BOOL) ? Optional.of(ScalarType.BOOL) : Optional.empty();
    }

    /** The kinds and their lines, as an error shows them. */
    @Override
    public String toString() {
        return lines.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + " in line " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
