package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Util;
import org.jspecify.annotations.Nullable;

/** Kryo as we use it: classes by our own table or by name, references, a limit of depth. Not safe for several threads. */
final class GraphKryo extends Kryo {

    /** Deep enough for what people nest, and shallow enough for the smallest stacks of threads. */
    private static final int MOST_DEPTH = 400;

    private static final String UNSAFE = "kryo.unsafe";

    static {
        // We use nothing of Kryo's that needs Unsafe, and newer JDKs warn on standard error once it is touched. Kryo
        // looks
        // at this property once, now; Flink's Kryo, which is another one, finds it as it was.
        if (System.getProperty(UNSAFE) == null) {
            System.setProperty(UNSAFE, "false");
            Util.isUnsafeAvailable();
            System.clearProperty(UNSAFE);
        }
    }

    private final GraphClasses classes;
    private final GraphReferences references;

    private GraphKryo(GraphClasses classes, GraphReferences references) {
        super(classes, references);
        this.classes = classes;
        this.references = references;
        // Otherwise Kryo would leave what it knows of the graph.
        setRegistrationRequired(false);
        JdkSerializers.registerAll(this, classes);
    }

    static GraphKryo create() {
        GraphClasses classes = new GraphClasses();
        return new GraphKryo(classes, new GraphReferences(classes));
    }

    GraphClasses classes() {
        return classes;
    }

    GraphReferences references() {
        return references;
    }

    void writeGraph(Output output, Object value) {
        writeClassAndObject(output, value);
    }

    Object readGraph(BoundedInput input, AllowedClasses allowed) {
        classes.allow(allowed);
        @Nullable Object value = readClassAndObject(input);
        if (value == null) {
            throw new KryoException("there is no object");
        }
        if (!input.isAtEnd()) {
            throw new KryoException("more bytes follow the object");
        }
        return value;
    }

    @Override
    public void writeClassAndObject(Output output, @Nullable Object value) {
        checkDepth();
        super.writeClassAndObject(output, value);
    }

    private void checkDepth() {
        if (getDepth() >= MOST_DEPTH) {
            throw new KryoException("it is nested more than " + MOST_DEPTH + " deep");
        }
    }

    @Override
    public @Nullable Object readClassAndObject(Input input) {
        checkDepth();
        long since = references.steps();
        int objectsBefore = references.objectsRead();
        references.addSteps(1);
        @Nullable Object value = super.readClassAndObject(input);
        // After the outermost object everything is forgotten already.
        if (getDepth() > 0) {
            references.wasRead(since, objectsBefore, value != null && classes.hashesInOneStep(value.getClass()));
        }
        return value;
    }

    /** Reads an object that is about to be hashed or compared. */
    @Nullable
    Object readKey(Input input) {
        long since = references.steps();
        @Nullable Object key = readClassAndObject(input);
        references.keyWasRead(since);
        return key;
    }
}
