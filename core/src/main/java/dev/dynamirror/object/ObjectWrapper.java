package dev.dynamirror.object;

import dev.dynamirror.error.MirrorException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Any Java object as one value of a column; never changed.
 *
 * <p>In DynamoDB it is a Binary: the object's fields by name, in a form of our own that says its version. The form needs
 * no default constructor and no {@code Serializable}. Fields that are {@code transient} are left out; a field that the
 * class no longer has is passed over when it is read, and one that it didn't have keeps zero or null. Objects may refer to
 * each other and back, but not to a record or to an immutable collection that holds them in turn.
 *
 * <p>Writing an object twice gives the same bytes, and so do hash maps and hash sets that are equal and whose keys are
 * strings, numbers or the like. A hash map of other keys is written in its own order. Two wrappers are equal if their
 * bytes are.
 *
 * <p>One that comes out of DynamoDB, or out of an engine, is closed: it is its bytes, and nothing of them is run before
 * {@link #open} says which classes may be.
 *
 * @param <T> the class of the object
 */
public final class ObjectWrapper<T> {

    private final byte[] bytes;

    /** The object; null if this is closed. */
    private final @Nullable T value;

    private ObjectWrapper(byte[] bytes, @Nullable T value) {
        this.bytes = bytes;
        this.value = value;
    }

    /**
     * Wraps an object as it is now; later changes of it are not seen in the bytes.
     *
     * @throws MirrorException if the object holds something that can't be stored: a lambda, a thread, or any other object
     *     of a JDK class that is not among the usual values and collections; or if it is nested too deeply
     */
    public static <T> ObjectWrapper<T> of(T value) {
        return new ObjectWrapper<>(ObjectForm.write(value), value);
    }

    /**
     * The closed wrapper of what {@link #toBytes()} made; the bytes are only looked at when it is opened.
     *
     * @throws MirrorException if the bytes don't begin as those of an object do
     */
    public static ObjectWrapper<?> ofBytes(byte[] bytes) {
        ObjectForm.requireTag(bytes);
        return new ObjectWrapper<>(bytes.clone(), null);
    }

    /**
     * The wrapper with its object read.
     *
     * <p>The bytes may be of any origin: nothing of a class that isn't allowed is loaded or run, and the memory that is
     * used is in proportion to the number of the bytes. The object has the class that the bytes say.
     *
     * @throws MirrorException if an object's class is not allowed, if a class that is allowed has changed so that the
     *     object doesn't fit it, or if the bytes are damaged or of a newer version
     */
    public ObjectWrapper<?> open(AllowedClasses allowed) {
        return new ObjectWrapper<>(bytes, ObjectForm.read(bytes, allowed));
    }

    /**
     * The object itself.
     *
     * @throws IllegalStateException if this is closed
     */
    public T value() {
        if (value == null) {
            throw new IllegalStateException(
                    "this object was stored and is closed; open it with the classes that it may be of");
        }
        return value;
    }

    /** The object's stored form; a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectWrapper<?> that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The object's own text, or how many bytes there are if it is closed. */
    @Override
    public String toString() {
        return value == null ? "closed object of " + bytes.length + " bytes" : value.toString();
    }
}
