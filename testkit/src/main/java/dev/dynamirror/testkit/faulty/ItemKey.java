package dev.dynamirror.testkit.faulty;

import org.jspecify.annotations.Nullable;

/**
 * The key of an item, and its place in a table or index: by the partition key's hash, then the partition key, then the
 * sort key.
 *
 * @param hash of the partition key
 * @param partition the partition key
 * @param sort the sort key; null if there is none, and before all others
 * @param inTable in an index, where several items may have one key: the key in the table; null before all others
 */
record ItemKey(
        int hash,
        KeyPart partition,
        @Nullable KeyPart sort,
        @Nullable ItemKey inTable) implements Comparable<ItemKey> {

    ItemKey(KeyPart partition, @Nullable KeyPart sort) {
        this(partition.hashCode(), partition, sort, null);
    }

    /** This key of an index, of the item that has that key in the table. */
    ItemKey with(ItemKey tableKey) {
        return new ItemKey(hash, partition, sort, tableKey);
    }

    /** The first place of a partition. */
    static ItemKey first(KeyPart partition) {
        return new ItemKey(partition, null);
    }

    /** The last place of a partition. */
    static ItemKey last(KeyPart partition) {
        return new ItemKey(partition, KeyPart.LAST);
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
        order = compare(sort, other.sort);
        return order != 0 ? order : compare(inTable, other.inTable);
    }

    private static <T extends Comparable<T>> int compare(@Nullable T left, @Nullable T right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return left.compareTo(right);
    }
}
