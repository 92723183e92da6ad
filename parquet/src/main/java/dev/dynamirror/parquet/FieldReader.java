package dev.dynamirror.parquet;

import dev.dynamirror.value.LiveType;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a field are read.
 *
 * @param type the type that they have
 * @param value reads a value out of its row, or out of a nested one
 */
record FieldReader(LiveType type, Value value) {

    /** Reads a field's value. */
    interface Value {

        /** The value of the field at that position; null for an absent one. */
        @Nullable
        Object of(Group row, int field);
    }

    /** Reads a value that is there. */
    interface Present {

        /** The field's value of that index: a field that is not repeated has the only index 0. */
        Object of(Group row, int field, int index);
    }
}
