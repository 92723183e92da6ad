package dev.dynamirror.item;

import java.util.List;

/**
 * What a mirror's requests name.
 *
 * @param table the table
 * @param key the attributes of the key: the partition key, then the sort key if there is one
 * @param columns the attributes of the other columns
 */
record ItemNames(String table, List<String> key, List<String> columns) {}
