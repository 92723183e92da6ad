package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one class within one graph, field by field.
 *
 * <p>The names of the fields stand before the first object of the class. So a field may come and go between writing and
 * reading.
 */
final class FieldsSerializer extends Serializer<Object> {

    private final ClassShape shape;
    private boolean namesAreWritten;
    private @Nullable List<String> namesRead;

    FieldsSerializer(ClassShape shape) {
        this.shape = shape;
    }

    ClassShape shape() {
        return shape;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        GraphKryo graph = (GraphKryo) kryo;
        if (!namesAreWritten) {
            output.writeVarInt(shape.fields().size(), true);
            shape.fields().keySet().forEach(name -> graph.classes().writeName(output, name));
            namesAreWritten = true;
        }
        if (shape.isRecord()) {
            graph.references().begin(object);
        }
        try {
            for (Field field : shape.fields().values()) {
                graph.writeClassAndObject(output, field.get(object));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        if (shape.isRecord()) {
            graph.references().end(object);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        GraphKryo graph = (GraphKryo) kryo;
        if (namesRead == null) {
            namesRead = Stream.generate(() -> graph.classes().readName(input))
                    .limit(((BoundedInput) input).readCount())
                    .toList();
        }
        return shape.isRecord() ? readRecord(graph, input, namesRead) : readObject(graph, input, namesRead);
    }

    private Object readRecord(GraphKryo graph, Input input, List<String> names) {
        Map<String, @Nullable Object> components = new HashMap<>();
        for (String name : names) {
            components.put(name, graph.readClassAndObject(input));
        }
        return shape.newRecord(components);
    }

    private Object readObject(GraphKryo graph, Input input, List<String> names) {
        Object object = shape.newInstance();
        graph.reference(object);
        for (String name : names) {
            @Nullable Object value = graph.readClassAndObject(input);
            @Nullable Field field = shape.fields().get(name);
            if (field != null) {
                set(field, object, value);
            }
        }
        return object;
    }

    private static void set(Field field, Object object, @Nullable Object value) {
        try {
            field.set(object, value);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new KryoException(
                    "field " + field.getName() + " of "
                            + field.getDeclaringClass().getName() + " is of type "
                            + field.getType().getTypeName() + ", but stored is "
                            + (value == null
                                    ? "null"
                                    : "one of class " + value.getClass().getTypeName()),
                    e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
