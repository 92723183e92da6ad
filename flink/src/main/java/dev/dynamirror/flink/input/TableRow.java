package dev.dynamirror.flink.input;

import java.util.List;

/**
 * A row of a table in a text.
 *
 * @param line the number of its line
 * @param cells the texts of its cells
 */
record TableRow(long line, List<String> cells) {}
