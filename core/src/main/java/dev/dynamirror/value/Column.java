package dev.dynamirror.value;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A named column of a live table.
 *
 * @param name the column's name, which is also the name of the item's attribute; not empty, at most 65,535 bytes of UTF-8
 * @param type the type of its values
 */
public record Column(String name, LiveType type) implements Serializable {

    /** The longest name that DynamoDB takes for an attribute, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 65_535;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is empty or too long, or has half of a surrogate pair
     */
    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("the name of a column has half of a surrogate pair");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("the name of a column has " + bytes
                    + " bytes, and DynamoDB takes names of at most " + MAX_NAME_BYTES);
        }
    }
}
