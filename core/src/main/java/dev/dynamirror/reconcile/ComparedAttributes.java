package dev.dynamirror.reconcile;

import dev.dynamirror.item.OwnAttributes;
import java.io.Serializable;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of items are compared.
 *
 * <p>Those that a versioned mirror has for itself never are.
 *
 * @param columns the only attributes that are compared, or null for all
 * @param ignored attributes that are not compared in any case
 */
public record ComparedAttributes(@Nullable Set<String> columns, Set<String> ignored) implements Serializable {

    /** Takes copies of the sets. */
    public ComparedAttributes {
        columns = columns == null ? null : Set.copyOf(columns);
        ignored = Set.copyOf(ignored);
    }

    /** All attributes. */
    public static ComparedAttributes all() {
        return new ComparedAttributes(null, Set.of());
    }

    /** Those of that name only, the key's among them. */
    public static ComparedAttributes of(Collection<String> columns) {
        return new ComparedAttributes(Set.copyOf(columns), Set.of());
    }

    /** These without others, which are not the key's. */
    public ComparedAttributes without(Collection<String> others) {
        return new ComparedAttributes(columns, Set.copyOf(others));
    }

    /** Whether an attribute of that name is compared. */
    boolean includes(String name) {
        return (columns == null || columns.contains(name))
                && !ignored.contains(name)
                && !OwnAttributes.ALL.contains(name);
    }
}
