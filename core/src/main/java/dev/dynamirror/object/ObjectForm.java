package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Pool;
import dev.dynamirror.error.MirrorException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of objects: two bytes of a tag, one of the version, then the object as {@link GraphKryo} writes it.
 *
 * <p>Whatever goes wrong within is told as a {@link MirrorException}, also by a stack that overflows in the object's own
 * {@code hashCode}. Only the JVM's running out of memory is not.
 */
final class ObjectForm {

    private static final byte[] TAG = {(byte) 0xd1, 0x0b};
    private static final byte VERSION = 1;
    private static final int HEADER = TAG.length + 1;

    /** After each object a Kryo forgets the object's classes, so that the pool holds no class loader. */
    private static final Pool<GraphKryo> POOL = new Pool<>(true, true, 16) {
        @Override
        protected GraphKryo create() {
            return GraphKryo.create();
        }
    };

    private ObjectForm() {}

    static byte[] write(Object value) {
        try (Output output = new Output(256, -1)) {
            output.writeBytes(TAG);
            output.writeByte(VERSION);
            GraphKryo kryo = POOL.obtain();
            kryo.writeGraph(output, value);
            // One that failed is not used again.
            POOL.free(kryo);
            return output.toBytes();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw told("An object of class " + value.getClass().getName() + " can't be stored: ", e);
        }
    }

    /**
     * Looks at the first bytes.
     *
     * @throws MirrorException if they are not those of a stored object
     */
    static void requireTag(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != TAG[0] || bytes[1] != TAG[1]) {
            throw new MirrorException("These bytes are no stored object: they don't begin with "
                    + HexFormat.of().formatHex(TAG) + " and a version");
        }
    }

    static Object read(byte[] bytes, AllowedClasses allowed) {
        if (bytes[TAG.length] != VERSION) {
            throw new MirrorException("This object is stored in version " + Byte.toUnsignedInt(bytes[TAG.length])
                    + " of the form, and this program knows version " + VERSION
                    + " only; read it with the program that wrote it, or a newer one");
        }
        try (BoundedInput input = new BoundedInput(bytes, HEADER)) {
            GraphKryo kryo = POOL.obtain();
            Object value = kryo.readGraph(input, allowed);
            POOL.free(kryo);
            return value;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw told("A stored object can't be read, as its bytes are damaged or a class of it has changed: ", e);
        }
    }

    /** What we threw ourselves, wherever Kryo wrapped it, or the error with what failed before it. */
    private static MirrorException told(String what, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MirrorException ours) {
                return ours;
            }
        }
        return new MirrorException(what + reason(error), error);
    }

    private static String reason(Throwable error) {
        if (error instanceof StackOverflowError) {
            return "it is nested too deeply";
        }
        @Nullable String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
