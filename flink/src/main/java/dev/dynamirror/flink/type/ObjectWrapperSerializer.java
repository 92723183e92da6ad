package dev.dynamirror.flink.type;

import dev.dynamirror.object.ObjectWrapper;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How Flink keeps an {@link ObjectWrapper}: as the bytes of its form, which are opened by nobody on the way. */
@SuppressWarnings("rawtypes") // Flink's types know classes, and no arguments of theirs
public final class ObjectWrapperSerializer extends ImmutableSerializer<ObjectWrapper> {

    static final ObjectWrapperSerializer INSTANCE = new ObjectWrapperSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public ObjectWrapper createInstance() {
        return ObjectWrapper.of("");
    }

    @Override
    public void serialize(ObjectWrapper value, DataOutputView target) throws IOException {
        writeBytes(value.toBytes(), target);
    }

    @Override
    public ObjectWrapper deserialize(DataInputView source) throws IOException {
        return ObjectWrapper.ofBytes(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<ObjectWrapper> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What savepoints keep of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ObjectWrapper> {

        /** Called by Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
