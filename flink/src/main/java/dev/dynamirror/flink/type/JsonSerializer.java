package dev.dynamirror.flink.type;

import dev.dynamirror.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How Flink keeps a {@link Json}. */
public final class JsonSerializer extends ImmutableSerializer<Json> {

    static final JsonSerializer INSTANCE = new JsonSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public Json createInstance() {
        return Json.parse("null");
    }

    @Override
    public void serialize(Json value, DataOutputView target) throws IOException {
        writeBytes(value.toString().getBytes(StandardCharsets.UTF_8), target);
    }

    @Override
    public Json deserialize(DataInputView source) throws IOException {
        return Json.parse(new String(readBytes(source), StandardCharsets.UTF_8));
    }

    @Override
    public TypeSerializerSnapshot<Json> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What savepoints keep of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Json> {

        /** Called by Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
