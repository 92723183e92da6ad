package dev.dynamirror.reconcile;

/**
 * An item of the table.
 *
 * @param keyHash the hash of its key, which is the same in every JVM
 * @param key its key as {@link SortableKey} has it; never changed
 * @param content what is compared of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FoundItem(int keyHash, byte[] key, Content content) {}
