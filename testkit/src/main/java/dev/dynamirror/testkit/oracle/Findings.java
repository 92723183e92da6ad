package dev.dynamirror.testkit.oracle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was found in a history.
 *
 * @param writes how many writes it had
 * @param counts how many violations there are of each kind; a kind without any is left out
 * @param first the first of them, in the order in which they showed
 */
public record Findings(long writes, Map<Violation.Kind, Long> counts, List<Violation> first) {

    /** Keeps copies. */
    public Findings {
        counts = Map.copyOf(counts);
        first = List.copyOf(first);
    }

    /** Returns whether nothing is wrong. */
    public boolean isClean() {
        return counts.isEmpty();
    }

    /**
     * Demands that nothing is wrong.
     *
     * @throws AssertionError if something is, with what this {@linkplain #toString() says}
     */
    public void requireClean() {
        if (!isClean()) {
            throw new AssertionError(toString());
        }
    }

    /** Returns the count of violations, and a line for each of the first. */
    @Override
    public String toString() {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return first.stream()
                .map(violation -> "\n  " + violation)
                .collect(Collectors.joining("", all + " violations in " + writes + " writes", ""));
    }
}
