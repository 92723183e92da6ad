package dev.dynamirror.flink.type;

import dev.dynamirror.value.Pointer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How Flink keeps a {@link Pointer}. */
public final class PointerSerializer extends ImmutableSerializer<Pointer> {

    static final PointerSerializer INSTANCE = new PointerSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public Pointer createInstance() {
        return new Pointer(0, 0);
    }

    @Override
    public void serialize(Pointer value, DataOutputView target) throws IOException {
        target.writeLong(value.high());
        target.writeLong(value.low());
    }

    @Override
    public Pointer deserialize(DataInputView source) throws IOException {
        return new Pointer(source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Pointer> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What savepoints keep of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Pointer> {

        /** Called by Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
