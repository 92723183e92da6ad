package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.ImmutableSerializer;

/** Constants of an enum, by their names. */
final class EnumByName extends ImmutableSerializer<Object> {

    private final Class<?> type;

    EnumByName(Class<?> type) {
        this.type = type;
    }

    @Override
    public void write(Kryo kryo, Output output, Object constant) {
        output.writeString(((Enum<?>) constant).name());
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> ignored) {
        String name = input.readString();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new KryoException(type.getName() + " has no constant of the name that is stored");
    }
}
