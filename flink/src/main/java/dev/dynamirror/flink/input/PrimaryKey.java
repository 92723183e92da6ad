package dev.dynamirror.flink.input;

import dev.dynamirror.value.Column;
import dev.dynamirror.value.Schema;
import java.util.List;

/** The check of a primary key, by which rows replace each other. */
final class PrimaryKey {

    private PrimaryKey() {}

    /**
     * The columns of a key.
     *
     * @throws dev.dynamirror.error.MirrorException if there is none, or one is no column, or may be absent
     */
    static List<String> checked(List<String> key, Schema schema, Place input) {
        if (key.isEmpty()) {
            throw input.error("its rows replace each other, but no primary key says which are the same row");
        }
        for (String name : key) {
            Column column = schema.columns().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> input.error("the primary key's column \"" + name
                            + "\" is none of its columns, which are " + String.join(", ", schema.names())));
            if (column.type().isOptional()) {
                throw input.column(name)
                        .error("a column of the primary key can't be absent, but its type is " + column.type()
                                + "; a schema can say that it is always there");
            }
        }
        return key;
    }
}
