package dev.dynamirror.object;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The classes whose objects may come out of bytes that are read.
 *
 * <p>Beside them harmless types of the JDK are always allowed: strings, numbers, dates and times, UUIDs, arrays of
 * primitives, and the usual collections. A class is allowed by itself only, not with its subclasses; with a class its
 * arrays are allowed. A class of objects that are only ever held in fields has to be allowed as well.
 *
 * <p>Bytes name classes, and a name is looked up here and nowhere else, so that bytes can't have a class loaded. Who
 * allows a class trusts it with any values in its fields: no constructor of it runs, unless it is a record.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class AllowedClasses implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final AllowedClasses NONE = new AllowedClasses(Map.of());

    private final Map<String, Class<?>> byName;

    private AllowedClasses(Map<String, Class<?>> byName) {
        this.byName = byName;
    }

    /** No class beside the harmless ones of the JDK. */
    public static AllowedClasses none() {
        return NONE;
    }

    /**
     * These classes, and the harmless ones of the JDK.
     *
     * @throws IllegalArgumentException if two classes have the same name (they come from two class loaders)
     */
    public static AllowedClasses of(Class<?>... classes) {
        Map<String, Class<?>> byName = new HashMap<>();
        for (Class<?> type : classes) {
            Class<?> allowed = type;
            while (allowed.isArray()) {
                allowed = allowed.componentType();
            }
            Class<?> other = byName.put(allowed.getName(), allowed);
            if (other != null && other != allowed) {
                throw new IllegalArgumentException("Two classes named " + allowed.getName() + " can't both be allowed");
            }
        }
        return new AllowedClasses(Map.copyOf(byName));
    }

    /** The allowed class of this name, or null. */
    @Nullable
    Class<?> find(String name) {
        return byName.get(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllowedClasses that && byName.equals(that.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return new TreeSet<>(byName.keySet()).toString();
    }
}
