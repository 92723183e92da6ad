package dev.dynamirror.flink.function;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.TupleType;
import java.util.List;
import java.util.Optional;

/** The type as which a value is hashed into a pointer, if its type has one: rows are tuples, with names or without. */
final class HashedType implements LiveTypeVisitor<Optional<LiveType>> {

    @Override
    public Optional<LiveType> scalar(ScalarType type) {
        return switch (type) {
            case BOOL, INT, FLOAT, STR, BYTES, DATETIME_NAIVE, DATETIME_UTC, DURATION, JSON, POINTER ->
                Optional.of(type);
            case DATE, TIME, OBJECT -> Optional.empty();
        };
    }

    @Override
    public Optional<LiveType> decimal(DecimalType type) {
        return Optional.empty();
    }

    @Override
    public Optional<LiveType> ndArray(NdArrayType type) {
        return Optional.of(type);
    }

    @Override
    public Optional<LiveType> list(ListType type) {
        return type.element().accept(this).map(ListType::new);
    }

    @Override
    public Optional<LiveType> tuple(TupleType type) {
        List<LiveType> elements = type.elements().stream()
                .map(element -> element.accept(this))
                .flatMap(Optional::stream)
                .toList();
        return elements.size() == type.elements().size() ? Optional.of(new TupleType(elements)) : Optional.empty();
    }

    @Override
    public Optional<LiveType> map(MapType type) {
        return Optional.empty();
    }

    @Override
    public Optional<LiveType> document(DocumentType type) {
        return tuple(
                new TupleType(type.fields().columns().stream().map(Column::type).toList()));
    }

    @Override
    public Optional<LiveType> mixed(MixedType type) {
        return Optional.empty();
    }

    @Override
    public Optional<LiveType> optional(OptionalType type) {
        return type.required().accept(this).map(LiveType::optional);
    }
}
