package dev.dynamirror.testkit.faulty;

import org.jspecify.annotations.Nullable;

/**
 * The key of an item, and its place in the table: by the partition key's hash, then the partition key, then the sort key.
 *
 * @param hash of the partition key
 * @param partition the partition key
 * @param sort the sort key; null if the table has none, and before all others
 */
record ItemKey(int hash, KeyPart partition, @Nullable KeyPart sort) implements Comparable<ItemKey> {

    ItemKey(KeyPart partition, @Nullable KeyPart sort) {
        this(partition.hashCode(), partition, sort);
    }

    /** The number of the part of the table, of this many, in which the key lies. */
    int slice(int slices) {
        return (int) ((Integer.toUnsignedLong(hash) * slices) >>> Integer.SIZE);
    }

    @Override
    public int compareTo(ItemKey other) {
        int order = Integer.compareUnsigned(hash, other.hash);
        if (order == 0) {
            order = partition.compareTo(other.partition);
        }
        if (order != 0) {
            return order;
        }
        if (sort == null || other.sort == null) {
            return Boolean.compare(sort != null, other.sort != null);
        }
        return sort.compareTo(other.sort);
    }
}
