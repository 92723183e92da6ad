package dev.dynamirror.flink.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a CSV file.
 *
 * @param line the line where it begins
 * @param cells its cells; null for an empty one without quotes
 */
record CsvRecord(long line, List<@Nullable String> cells) {}
