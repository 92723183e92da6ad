package dev.dynamirror.testkit.oracle;

import org.jspecify.annotations.Nullable;

/**
 * What a write left of an item.
 *
 * @param number which write of the history it is, ascending from 1
 * @param key the key: one equal to a {@link RowKey} of the script
 * @param value the value, null if the item was absent after it: a {@code Long}, as anything else never was
 */
public record Observed(long number, Object key, @Nullable Object value) {}
