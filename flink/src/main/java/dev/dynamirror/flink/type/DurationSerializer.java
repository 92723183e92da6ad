package dev.dynamirror.flink.type;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How Flink keeps a {@link Duration}. */
public final class DurationSerializer extends ImmutableSerializer<Duration> {

    static final DurationSerializer INSTANCE = new DurationSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public Duration createInstance() {
        return Duration.ZERO;
    }

    @Override
    public void serialize(Duration value, DataOutputView target) throws IOException {
        target.writeLong(value.getSeconds());
        target.writeInt(value.getNano());
    }

    @Override
    public Duration deserialize(DataInputView source) throws IOException {
        return Duration.ofSeconds(source.readLong(), source.readInt());
    }

    @Override
    public TypeSerializerSnapshot<Duration> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What savepoints keep of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Duration> {

        /** Called by Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
