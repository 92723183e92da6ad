package dev.dynamirror.testkit.oracle;

import org.jspecify.annotations.Nullable;

/**
 * The key of an item: a partition key, which is a {@code String} or a {@code Long}, and a sort key if the table has one.
 */
public record RowKey(Object partition, @Nullable Long sort) {

    @Override
    public String toString() {
        return sort == null ? partition.toString() : partition + "/" + sort;
    }
}
