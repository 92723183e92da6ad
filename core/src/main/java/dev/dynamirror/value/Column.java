package dev.dynamirror.value;

import java.io.Serializable;

/**
 * A named column of a live table.
 *
 * @param name the column's name, which is also the name of the item's attribute; not empty
 * @param type the type of its values
 */
public record Column(String name, LiveType type) implements Serializable {

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }
}
