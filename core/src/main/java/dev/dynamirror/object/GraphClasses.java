package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.ClassResolver;
import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.Util;
import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How classes stand in the bytes: those of the JDK as numbers that never change, all others by name.
 *
 * <p>A name that is read is looked up among the classes that were allowed, and nowhere else. A name is spelled out where it
 * comes first in a graph, and is a number after that.
 */
@SuppressWarnings("rawtypes")
final class GraphClasses implements ClassResolver {

    private static final int NO_CLASS = 0;
    private static final int BY_NAME = 1;
    private static final int FIRST_NUMBER = 2;
    private static final int NAMED = -1;

    private final Map<Integer, Registration> byNumber = new HashMap<>();
    private final Map<Class<?>, Registration> ofJdk = new HashMap<>();

    /** What follows is of one graph only. */
    private final Map<Class<?>, Registration> ofGraph = new HashMap<>();

    private final Map<String, Integer> numbersOfNames = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private AllowedClasses allowed = AllowedClasses.none();

    void allow(AllowedClasses classes) {
        allowed = classes;
    }

    @Override
    public void setKryo(Kryo kryo) {}

    @Override
    public Registration register(Registration registration) {
        byNumber.put(registration.getId(), registration);
        ofJdk.put(registration.getType(), registration);
        ofJdk.put(Util.getWrapperClass(registration.getType()), registration);
        return registration;
    }

    /** Objects of this class are written as those of one that is registered already. */
    void registerAlso(Class<?> type, int number) {
        ofJdk.put(type, registered(number));
    }

    private Registration registered(int number) {
        Registration registration = byNumber.get(number);
        if (registration == null) {
            throw new KryoException("it names type " + number + ", which doesn't exist");
        }
        return registration;
    }

    @Override
    public @Nullable Registration unregister(int classId) {
        return byNumber.remove(classId);
    }

    @Override
    public Registration registerImplicit(Class type) {
        return registrationOf(type);
    }

    @Override
    public @Nullable Registration getRegistration(Class type) {
        Registration registration = ofJdk.get(type);
        return registration == null ? ofGraph.get(type) : registration;
    }

    @Override
    public @Nullable Registration getRegistration(int classId) {
        return byNumber.get(classId);
    }

    /** How objects of a class are written, and read if the class was found to be allowed. */
    Registration registrationOf(Class<?> type) {
        Registration registration = getRegistration(type);
        if (registration == null) {
            if (type.isArray()) {
                return registered(JdkSerializers.ARRAY);
            }
            Class<?> named = type;
            if (Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class) {
                // A constant that has a body of its own.
                named = type.getSuperclass();
            }
            registration = new Registration(named, serializerOf(named), NAMED);
            ofGraph.put(type, registration);
            ofGraph.put(named, registration);
        }
        return registration;
    }

    private static Serializer<?> serializerOf(Class<?> type) {
        return type.isEnum() ? new EnumByName(type) : new FieldsSerializer(ClassShape.of(type));
    }

    /** Whether the hash code of an object says nothing of what it holds. */
    boolean hashesInOneStep(Class<?> type) {
        return type.isArray()
                || (registrationOf(type).getSerializer() instanceof FieldsSerializer fields
                        && fields.shape().hasIdentityHash());
    }

    @Override
    public @Nullable Registration writeClass(Output output, Class type) {
        if (type == null) {
            output.writeVarInt(NO_CLASS, true);
            return null;
        }
        Registration registration = registrationOf(type);
        if (registration.getId() == NAMED) {
            output.writeVarInt(BY_NAME, true);
            writeName(output, registration.getType().getName());
        } else {
            output.writeVarInt(registration.getId() + FIRST_NUMBER, true);
        }
        return registration;
    }

    @Override
    public @Nullable Registration readClass(Input input) {
        int number = input.readVarInt(true);
        if (number == NO_CLASS) {
            return null;
        }
        return number == BY_NAME ? registrationOf(allowedClass(readName(input))) : registered(number - FIRST_NUMBER);
    }

    void writeName(Output output, String name) {
        Integer number = numbersOfNames.putIfAbsent(name, numbersOfNames.size());
        if (number == null) {
            output.writeVarInt(numbersOfNames.size() - 1, true);
            output.writeString(name);
        } else {
            output.writeVarInt(number, true);
        }
    }

    String readName(Input input) {
        int number = input.readVarInt(true);
        if (number == names.size()) {
            names.add(input.readString());
        } else if (number < 0 || number > names.size()) {
            throw new KryoException("it refers to a name that isn't there");
        }
        return names.get(number);
    }

    /** The class of a name out of the bytes. */
    Class<?> allowedClass(String name) {
        Class<?> type = allowed.find(name);
        if (type == null) {
            throw new MirrorException("A stored object holds one of class " + printable(name)
                    + ", which is not allowed to be read. If you trust the bytes with it, give it to AllowedClasses.of(...); "
                    + "allowed are " + allowed);
        }
        return type;
    }

    /** A name out of the bytes may be anything, but not everything belongs into an error's text. */
    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        name.codePoints()
                .limit(300)
                .map(c -> (Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c)) || c == '.'
                        ? c
                        : '?')
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    @Override
    public void reset() {
        ofGraph.clear();
        numbersOfNames.clear();
        names.clear();
        allowed = AllowedClasses.none();
    }
}
