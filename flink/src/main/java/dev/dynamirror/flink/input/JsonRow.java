package dev.dynamirror.flink.input;

import java.util.Map;
import org.apache.flink.types.RowKind;

/**
 * A row of a JSON Lines file.
 *
 * @param line the line where it is
 * @param kind what happens to it
 * @param fields its fields by name, in the order of the file
 */
record JsonRow(long line, RowKind kind, Map<String, JsonField> fields) {}
