package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/**
 * The primary key of an item: a partition key and, where the table has one, a sort key.
 *
 * <p>The parts are compared one by one and never joined, so {@code ("a$", "b")} is not {@code ("a", "$b")}. The hash is
 * the same in every JVM.
 */
public final class Key {

    private final KeyAttribute partition;
    private final @Nullable KeyAttribute sort;
    private final int hash;

    private Key(KeyAttribute partition, @Nullable KeyAttribute sort) {
        this.partition = partition;
        this.sort = sort;
        this.hash = 31 * partition.hashCode() + (sort == null ? 0 : sort.hashCode());
    }

    /** A key with or without a sort key. */
    public static Key of(KeyAttribute partition, @Nullable KeyAttribute sort) {
        return new Key(partition, sort);
    }

    /** The value of the partition key. */
    public KeyAttribute partition() {
        return partition;
    }

    /** The value of the sort key; null for a table without one. */
    public @Nullable KeyAttribute sort() {
        return sort;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof Key that
                && hash == that.hash
                && partition.equals(that.partition)
                && (sort == null ? that.sort == null : sort.equals(that.sort));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return sort == null ? partition.toString() : "(" + partition + ", " + sort + ")";
    }
}
