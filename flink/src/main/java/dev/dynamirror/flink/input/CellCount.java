package dev.dynamirror.flink.input;

import java.util.List;

/** The words for a row that has too few or too many cells. */
final class CellCount {

    private static final int MAX_NAMES = 10;

    private CellCount() {}

    static String problem(List<String> names, int found) {
        List<String> shown = names.size() > MAX_NAMES ? names.subList(0, MAX_NAMES) : names;
        String more = names.size() > MAX_NAMES ? ", …" : "";
        return "expected " + names.size() + (names.size() == 1 ? " cell (" : " cells (") + String.join(", ", shown)
                + more + "), but found " + found;
    }
}
