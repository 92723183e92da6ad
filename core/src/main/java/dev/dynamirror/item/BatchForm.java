package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/** Puts and deletes as elements of BatchWriteItem requests. */
final class BatchForm extends ChangeForm {

    @Override
    @Nullable
    Versioning versioning() {
        return null;
    }

    @Override
    RequestTemplate put(ItemNames names) {
        return new RequestTemplate.Builder(Change.Request.BATCH_ELEMENT)
                .text("{\"PutRequest\":{\"Item\":{")
                .key(names.key())
                .columns(names.columns(), ",")
                .text("}}}")
                .build();
    }

    @Override
    RequestTemplate delete(ItemNames names) {
        return new RequestTemplate.Builder(Change.Request.BATCH_ELEMENT)
                .text("{\"DeleteRequest\":{\"Key\":{")
                .key(names.key())
                .text("}}}")
                .build();
    }
}
