package dev.dynamirror.item;

import dev.dynamirror.value.Column;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Makes encoders of lists, maps and documents from encoders of what is in them. */
final class NestedEncoders {

    private NestedEncoders() {}

    /**
     * Writes the element of a container that has that index.
     *
     * @param <C> the container
     */
    @FunctionalInterface
    interface ElementEncoder<C> {

        /**
         * Writes one element.
         *
         * @throws IllegalValueException if DynamoDB doesn't take it
         */
        void encode(C container, int index, AttributeWriter out);
    }

    /**
     * A field of a document.
     *
     * @param name its name
     * @param encoder writes its value, taken from the document
     */
    record Field<C>(String name, BiConsumer<C, AttributeWriter> encoder) {}

    /** Writes a list. */
    static <C> BiConsumer<C, AttributeWriter> list(ToIntFunction<C> size, ElementEncoder<C> element) {
        return (container, out) -> {
            out.beginList();
            int count = size.applyAsInt(container);
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.separator();
                }
                try {
                    element.encode(container, i, out);
                } catch (IllegalValueException e) {
                    throw e.inElement(i);
                }
            }
            out.endList();
        };
    }

    /** Writes a map; each value is written by the callback, after its name. */
    static void map(Map<?, ?> map, BiConsumer<String, @Nullable Object> value, AttributeWriter out) {
        out.beginMap();
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                out.separator();
            }
            first = false;
            String name = requireName((String) entry.getKey());
            try {
                out.name(name);
                value.accept(name, entry.getValue());
            } catch (IllegalValueException e) {
                throw e.inField(name);
            }
        }
        out.endMap();
    }

    private static String requireName(String key) {
        if (key.isEmpty()) {
            throw new IllegalValueException("the map has an empty key, and DynamoDB takes no empty name");
        }
        // A character has three bytes at most.
        if (key.length() > Column.MAX_NAME_BYTES / 3 && ItemSize.utf8Length(key) > Column.MAX_NAME_BYTES) {
            throw new IllegalValueException("the map has a key of " + ItemSize.utf8Length(key)
                    + " bytes, and DynamoDB takes names of at most " + Column.MAX_NAME_BYTES);
        }
        return key;
    }

    /** Writes a document with named fields. */
    static <C> BiConsumer<C, AttributeWriter> document(List<Field<C>> fields) {
        List<Field<C>> inOrder = List.copyOf(fields);
        byte[][] names = inOrder.stream()
                .map(field -> AttributeWriter.encodedName(field.name))
                .toArray(byte[][]::new);
        return (container, out) -> {
            out.beginMap();
            for (int i = 0; i < names.length; i++) {
                if (i > 0) {
                    out.separator();
                }
                out.raw(names[i]);
                Field<C> field = inOrder.get(i);
                try {
                    field.encoder.accept(container, out);
                } catch (IllegalValueException e) {
                    throw e.inField(field.name);
                }
            }
            out.endMap();
        };
    }
}
