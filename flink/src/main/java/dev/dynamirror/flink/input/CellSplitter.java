package dev.dynamirror.flink.input;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a line of a markdown table into cells. A pipe that belongs to a cell is written {@code \|}. */
enum CellSplitter {
    PIPES("\\s*(?<!\\\\)\\|\\s*"),
    PIPES_AND_SPACES("\\s*(?<!\\\\)\\|\\s*|\\s+");

    private final Pattern separator;

    CellSplitter(String separator) {
        this.separator = Pattern.compile(separator);
    }

    /** The cells; the first or the last one is empty if the line begins or ends with a pipe. */
    List<String> split(String line) {
        return Arrays.stream(separator.split(line.strip(), -1))
                .map(cell -> cell.replace("\\|", "|"))
                .toList();
    }
}
