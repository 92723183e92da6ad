package dev.dynamirror.value;

import dev.dynamirror.error.MirrorException;
import org.jspecify.annotations.Nullable;

/**
 * Any Java object as one value of a column.
 *
 * <p>In DynamoDB it is a Binary: the object's fields by name, in a form of our own that says its version. The form needs
 * no default constructor and no {@code Serializable}. Fields that are {@code transient} are left out; a field that the
 * class no longer has is passed over when it is read, and one that it didn't have keeps zero or null. Objects may refer to
 * each other and back, but not to a record or to an immutable collection that holds them in turn.
 *
 * <p>Writing an object twice gives the same bytes, and so do hash maps and hash sets that are equal and whose keys are
 * strings, numbers or the like. A hash map of other keys is written in its own order.
 *
 * @param <T> the class of the object
 */
public final class ObjectWrapper<T> {

    private final T value;

    private ObjectWrapper(T value) {
        this.value = value;
    }

    /** Wraps an object, which is kept as it is: later changes of it are seen. */
    public static <T> ObjectWrapper<T> of(T value) {
        return new ObjectWrapper<>(value);
    }

    /**
     * Reads what {@link #toBytes()} made.
     *
     * <p>Bytes of any origin may be given: nothing of a class that isn't allowed is loaded or run, and the memory that is
     * used is in proportion to the number of the bytes. The object has the class that the bytes say.
     *
     * @throws MirrorException if an object's class is not allowed, if a class that is allowed has changed so that the
     *     object doesn't fit it, or if the bytes are no object's or are damaged
     */
    public static ObjectWrapper<?> read(byte[] bytes, AllowedClasses allowed) {
        return new ObjectWrapper<>(ObjectForm.read(bytes, allowed));
    }

    /** The object itself. */
    public T value() {
        return value;
    }

    /**
     * The object's stored form.
     *
     * @throws MirrorException if the object holds something that can't be stored: a lambda, a thread, or any other object
     *     of a JDK class that is not among the usual values and collections; or if it is nested too deeply
     */
    public byte[] toBytes() {
        return ObjectForm.write(value);
    }

    /** Whether the other is a wrapper of an equal object. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectWrapper<?> that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
