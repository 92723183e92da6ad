package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/** Which requests the changes of a mirror are, and under which conditions DynamoDB applies them. */
public abstract sealed class ChangeForm permits BatchForm, VersionedItemForm, MergeForm {

    /** The most columns beside the key that can be merged: what sets them must fit into an expression of 4096 bytes. */
    public static int mostMergedColumns() {
        return MergeForm.MOST_COLUMNS;
    }

    /** Elements of batches: an item is what its row is, whatever was there before. */
    public static ChangeForm batch() {
        return new BatchForm();
    }

    /** Requests of their own that write whole items, and do nothing if a newer change of the item was there before. */
    public static ChangeForm items(Versioning versioning) {
        return new VersionedItemForm(versioning);
    }

    /**
     * Requests of their own that set the mirror's columns and leave all other attributes of an item as they are; a delete
     * removes the whole item.
     *
     * @param versioning what makes them do nothing if a newer change of the item was there before, or null
     */
    public static ChangeForm columns(@Nullable Versioning versioning) {
        return new MergeForm(versioning, MergeForm.Deletes.ITEM);
    }

    /**
     * As {@link #columns}, but a delete removes the mirror's columns only: the key and all other attributes stay. With
     * versions it leaves the version as well, in an item of the key and the version if there was no other, which is the
     * mark that it was here.
     *
     * @param versioning what makes them do nothing if a newer change of the item was there before, or null
     */
    public static ChangeForm columnsKeepingItems(@Nullable Versioning versioning) {
        return new MergeForm(versioning, MergeForm.Deletes.COLUMNS);
    }

    /** The column of the live table that is the version, or null; a delete needs its value, too. */
    public @Nullable String versionColumn() {
        Versioning versioning = versioning();
        return versioning == null ? null : versioning.column();
    }

    /** How versions are told; null without any. */
    abstract @Nullable Versioning versioning();

    /** The request that puts a row. */
    abstract RequestTemplate put(ItemNames names);

    /** The request that deletes a row. */
    abstract RequestTemplate delete(ItemNames names);

    /** Begins the body of a whole request. */
    static RequestTemplate.Builder request(Change.Request request, ItemNames names) {
        return new RequestTemplate.Builder(request).text("{").member("TableName", names.table());
    }
}
