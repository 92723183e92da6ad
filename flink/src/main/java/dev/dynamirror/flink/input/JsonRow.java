package dev.dynamirror.flink.input;

import java.util.Map;

/**
 * An object of a JSON Lines file.
 *
 * @param line the line where it is
 * @param fields its fields by name, in the order of the file
 */
record JsonRow(long line, Map<String, JsonField> fields) {}
