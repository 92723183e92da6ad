package dev.dynamirror.item;

/** Whole items, each under the condition that it is newer than what is there. */
final class VersionedItemForm extends ChangeForm {

    private final Versioning versioning;

    VersionedItemForm(Versioning versioning) {
        this.versioning = versioning;
    }

    @Override
    Versioning versioning() {
        return versioning;
    }

    @Override
    RequestTemplate put(ItemNames names) {
        RequestTemplate.Builder request = request(Change.Request.PUT_ITEM, names)
                .text(",\"Item\":{")
                .key(names.key())
                .columns(names.columns(), ",");
        if (versioning.column() == null) {
            addVersion(request, versioning);
        }
        return VersionCondition.OLDER.finish(request.text("}"), versioning);
    }

    @Override
    RequestTemplate delete(ItemNames names) {
        return delete(names, versioning);
    }

    /** The request that deletes an item, or puts a tombstone in its place, unless it is newer. */
    static RequestTemplate delete(ItemNames names, Versioning versioning) {
        if (versioning.tombstones() == null) {
            RequestTemplate.Builder request = request(Change.Request.DELETE_ITEM, names)
                    .text(",\"Key\":{")
                    .key(names.key())
                    .text("}");
            return VersionCondition.NOT_NEWER.finish(request, versioning);
        }
        RequestTemplate.Builder request =
                request(Change.Request.PUT_ITEM, names).text(",\"Item\":{").key(names.key());
        addVersion(request, versioning)
                .text(",\"" + OwnAttributes.DELETED + "\":{\"BOOL\":true},\"" + OwnAttributes.EXPIRES + "\":")
                .expires()
                .text("}");
        return VersionCondition.NOT_NEWER.finish(request, versioning);
    }

    private static RequestTemplate.Builder addVersion(RequestTemplate.Builder request, Versioning versioning) {
        return request.text("," + AttributeWriter.jsonString(versioning.attribute()) + ":")
                .version();
    }
}
