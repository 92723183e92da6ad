package dev.dynamirror.value;

/** Placeholder. */
public final class ObjectWrapper<T> {

    private final byte[] bytes;

    private ObjectWrapper(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Placeholder. */
    public static ObjectWrapper<?> ofBytes(byte[] bytes) {
        return new ObjectWrapper<Object>(bytes);
    }

    /** Placeholder. */
    public byte[] toBytes() {
        return bytes.clone();
    }
}
