package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import dev.dynamirror.error.MirrorException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a class whose objects are stored field by field. Found without initialising the class.
 *
 * <p>Kept with the class itself, so that it lives no longer.
 */
final class ClassShape {

    private static final ClassValue<ClassShape> SHAPES = new ClassValue<>() {
        @Override
        protected ClassShape computeValue(Class<?> type) {
            return new ClassShape(type);
        }
    };

    private final Class<?> type;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final boolean identityHash;
    private final @Nullable Constructor<?> constructor;
    private final List<String> parameters;
    private final @Nullable ObjectInstantiator<?> instantiator;

    private ClassShape(Class<?> type) {
        this.type = type;
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            throw cannot("it is a lambda or a class that was made at run time, which no other program has");
        }
        for (Class<?> declaring : hierarchy()) {
            addFields(declaring);
        }
        identityHash = hashIsOfObject();
        if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            constructor = constructor(components);
            parameters = Arrays.stream(components).map(RecordComponent::getName).toList();
        } else {
            constructor = null;
            parameters = List.of();
        }
        instantiator = type.isRecord() || Modifier.isAbstract(type.getModifiers())
                ? null
                : new StdInstantiatorStrategy().newInstantiatorOf(type);
    }

    /**
     * The shape of a class.
     *
     * @throws MirrorException if its objects can't be stored
     */
    static ClassShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Class<?> type() {
        return type;
    }

    /** The fields by the names they have in the bytes, in the order in which they are written. */
    Map<String, Field> fields() {
        return fields;
    }

    boolean isRecord() {
        return constructor != null;
    }

    boolean hasIdentityHash() {
        return identityHash;
    }

    /** A new object, for which no constructor ran. */
    Object newInstance() {
        if (instantiator == null) {
            throw cannot("it is abstract");
        }
        return instantiator.newInstance();
    }

    /** A new record of these components; one that is missing is zero or null. */
    Object newRecord(Map<String, @Nullable Object> components) {
        if (constructor == null) {
            throw new IllegalStateException(type + " is no record");
        }
        Class<?>[] types = constructor.getParameterTypes();
        @Nullable Object[] arguments = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            String name = parameters.get(i);
            arguments[i] = components.containsKey(name) ? components.get(name) : zeroOf(types[i]);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof VirtualMachineError error) {
                throw error;
            }
            throw new MirrorException(
                    "A stored object can't be read, as the record " + type.getName() + " refuses its components: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object zeroOf(Class<?> type) {
        // An array has it already, for each of the primitive types.
        return type.isPrimitive() ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0) : null;
    }

    private Iterable<Class<?>> hierarchy() {
        Deque<Class<?>> hierarchy = new ArrayDeque<>();
        for (Class<?> next = type;
                next != null && (next == type || (next != Object.class && next != Record.class));
                next = next.getSuperclass()) {
            if (next.getClassLoader() == null || next.getClassLoader() == ClassLoader.getPlatformClassLoader()) {
                throw cannot((next == type ? "it" : "its superclass " + next.getName())
                        + " is a class of the JDK, of which only the usual values and collections can be stored; "
                        + "make the field transient, or hold the data in a class of your own");
            }
            hierarchy.addFirst(next);
        }
        return hierarchy;
    }

    private void addFields(Class<?> declaring) {
        Field[] declared = declaring.getDeclaredFields();
        Arrays.sort(declared, Comparator.comparing(Field::getName));
        for (Field field : declared) {
            if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
                continue;
            }
            if (!field.trySetAccessible()) {
                throw cannot("the module of " + declaring.getName() + " isn't open to dynamirror");
            }
            // A field that hides one of a superclass is named with its class.
            String name =
                    fields.containsKey(field.getName()) ? declaring.getName() + "." + field.getName() : field.getName();
            fields.put(name, field);
        }
    }

    private boolean hashIsOfObject() {
        try {
            return type.getMethod("hashCode").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            // An interface.
            return false;
        }
    }

    private Constructor<?> constructor(RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            if (!canonical.trySetAccessible()) {
                throw cannot("its module isn't open to dynamirror");
            }
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private MirrorException cannot(String why) {
        return new MirrorException("An object of class " + type.getName() + " can't be stored or read: " + why);
    }
}
