package dev.dynamirror.reconcile;

import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import java.nio.ByteBuffer;

/** Keys as bytes that are the same exactly when DynamoDB takes the keys for the same. */
public final class SortableKey {

    private SortableKey() {}

    /** The bytes of a key, at least one. */
    public static byte[] of(Key key) {
        byte[] partition = bytes(key.partition());
        KeyAttribute sortKey = key.sort();
        if (sortKey == null) {
            return partition;
        }
        byte[] sort = bytes(sortKey);
        // The length stands behind, so that keys of one partition come one after the other.
        return ByteBuffer.allocate(partition.length + sort.length + Integer.BYTES)
                .put(partition)
                .put(sort)
                .putInt(partition.length)
                .array();
    }

    /** The types of key attributes are those of the table, so their contents tell them apart. */
    private static byte[] bytes(KeyAttribute attribute) {
        if (attribute instanceof KeyAttribute.StringKey string) {
            return string.utf8();
        }
        if (attribute instanceof KeyAttribute.NumberKey number) {
            return number.ascii();
        }
        return ((KeyAttribute.BinaryKey) attribute).value();
    }
}
