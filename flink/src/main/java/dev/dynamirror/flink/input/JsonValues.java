package dev.dynamirror.flink.input;

import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import org.jspecify.annotations.Nullable;

/** Reads the values of a type from JSON. */
@FunctionalInterface
interface JsonValues {

    /** The value; null for an absent one. */
    @Nullable
    Object read(JsonField json) throws BadValueException;

    /**
     * The reader of values of that type.
     *
     * <p>A null is absent; but for the type {@code json}, which is not optional and has a null of its own, it is that.
     */
    static JsonValues of(LiveType type) {
        JsonValues present = type.required().accept(new JsonReaders());
        return json -> json.isAbsent() && type.required() != ScalarType.JSON
                ? CellParser.absent(type)
                : type.isOptional() && json.isAbsent() ? null : present.read(json);
    }
}
