package dev.dynamirror.mirror;

import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.TupleType;

/** Whether each value of a type is of one known type, as what is written must be. */
final class KnownType implements LiveTypeVisitor<Boolean> {

    @Override
    public Boolean scalar(ScalarType type) {
        return true;
    }

    @Override
    public Boolean decimal(DecimalType type) {
        return true;
    }

    @Override
    public Boolean ndArray(NdArrayType type) {
        return true;
    }

    @Override
    public Boolean list(ListType type) {
        return type.element().accept(this);
    }

    @Override
    public Boolean tuple(TupleType type) {
        return type.elements().stream().allMatch(element -> element.accept(this));
    }

    @Override
    public Boolean map(MapType type) {
        return type.value().accept(this);
    }

    @Override
    public Boolean document(DocumentType type) {
        return type.fields().columns().stream().allMatch(field -> field.type().accept(this));
    }

    @Override
    public Boolean mixed(MixedType type) {
        return false;
    }

    @Override
    public Boolean optional(OptionalType type) {
        return type.required().accept(this);
    }
}
