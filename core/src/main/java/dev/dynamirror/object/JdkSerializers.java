package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultArraySerializers;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.ImmutableSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.TimeSerializers;
import dev.dynamirror.error.MirrorException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of the JDK that may always be read, and their numbers in the bytes.
 *
 * <p>A number is never given to another type: bytes that were stored hold it. The primitives and strings have 0 to 8, which
 * Kryo itself gives.
 */
// What people hold is not for us to choose.
@SuppressWarnings({"JdkObsolete", "NonApiType", "JavaUtilDate"})
final class JdkSerializers {

    static final int ARRAY = 38;

    private static final int LIST_OF = 49;
    private static final int SET_OF = 50;
    private static final int MAP_OF = 51;
    private static final int UNMODIFIABLE_LIST = 53;
    private static final int UNMODIFIABLE_SET = 54;
    private static final int UNMODIFIABLE_MAP = 55;

    /** More dimensions than anybody uses; the JVM itself allows 255. */
    private static final int MOST_DIMENSIONS = 16;

    /** What an array may be of beside what is allowed, though no object has exactly these classes. */
    private static final Map<String, Class<?>> COMPONENTS = Stream.of(
                    boolean.class,
                    byte.class,
                    short.class,
                    char.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    Boolean.class,
                    Byte.class,
                    Short.class,
                    Character.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    Object.class,
                    String.class,
                    Number.class,
                    CharSequence.class,
                    Comparable.class,
                    BigInteger.class,
                    BigDecimal.class,
                    UUID.class,
                    Duration.class,
                    Instant.class,
                    LocalDate.class,
                    LocalTime.class,
                    LocalDateTime.class,
                    ZoneId.class,
                    ZoneOffset.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class,
                    Date.class,
                    Collection.class,
                    List.class,
                    Set.class,
                    Map.class,
                    ArrayList.class,
                    HashSet.class,
                    HashMap.class,
                    Optional.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    /** The order of their elements says nothing, and that of {@code Set.of} differs from one JVM to the next. */
    private static final Set<Class<?>> WITHOUT_ORDER = Set.of(
            HashSet.class,
            HashMap.class,
            Set.of(1).getClass(),
            Set.of(1, 2, 3).getClass(),
            Map.of(1, 1, 2, 2).getClass());

    /** By class, then by value; decimals of other scales, which compare as equal, by their texts. */
    private static final Comparator<@Nullable Object> ORDER =
            Comparator.nullsFirst(Comparator.comparing(JdkSerializers::nameOfClass)
                    .thenComparing(JdkSerializers::compareOfOneClass)
                    .thenComparing(Object::toString));

    private JdkSerializers() {}

    static void registerAll(Kryo kryo, GraphClasses classes) {
        kryo.register(BigInteger.class, new DefaultSerializers.BigIntegerSerializer(), 10);
        kryo.register(BigDecimal.class, new Decimals(), 11);
        kryo.register(UUID.class, new DefaultSerializers.UUIDSerializer(), 12);
        kryo.register(Duration.class, new TimeSerializers.DurationSerializer(), 13);
        kryo.register(Instant.class, new TimeSerializers.InstantSerializer(), 14);
        kryo.register(LocalDate.class, new TimeSerializers.LocalDateSerializer(), 15);
        kryo.register(LocalTime.class, new TimeSerializers.LocalTimeSerializer(), 16);
        kryo.register(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer(), 17);
        kryo.register(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer(), 18);
        kryo.register(ZoneId.class, new TimeSerializers.ZoneIdSerializer(), 19);
        classes.registerAlso(ZoneId.of("UTC").getClass(), 19);
        kryo.register(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer(), 20);
        kryo.register(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer(), 21);
        kryo.register(ZonedDateTime.class, new ZonedTimes(), 22);
        kryo.register(Year.class, new TimeSerializers.YearSerializer(), 23);
        kryo.register(YearMonth.class, new TimeSerializers.YearMonthSerializer(), 24);
        kryo.register(MonthDay.class, new TimeSerializers.MonthDaySerializer(), 25);
        kryo.register(Period.class, new TimeSerializers.PeriodSerializer(), 26);
        kryo.register(DayOfWeek.class, new EnumByName(DayOfWeek.class), 27);
        kryo.register(Month.class, new EnumByName(Month.class), 28);
        kryo.register(Date.class, new Dates(), 29);

        kryo.register(byte[].class, new DefaultArraySerializers.ByteArraySerializer(), 30);
        kryo.register(short[].class, new DefaultArraySerializers.ShortArraySerializer(), 31);
        kryo.register(int[].class, new DefaultArraySerializers.IntArraySerializer(), 32);
        kryo.register(long[].class, new DefaultArraySerializers.LongArraySerializer(), 33);
        kryo.register(float[].class, new DefaultArraySerializers.FloatArraySerializer(), 34);
        kryo.register(double[].class, new DefaultArraySerializers.DoubleArraySerializer(), 35);
        kryo.register(boolean[].class, new Booleans(), 36);
        kryo.register(char[].class, new DefaultArraySerializers.CharArraySerializer(), 37);
        kryo.register(Object[].class, new ObjectArrays(), ARRAY);

        kryo.register(ArrayList.class, new Growing<>(ArrayList::new), 40);
        kryo.register(LinkedList.class, new Growing<>(LinkedList::new), 41);
        kryo.register(ArrayDeque.class, new Growing<>(ArrayDeque::new), 42);
        kryo.register(HashSet.class, new Growing<>(HashSet::new), 43);
        kryo.register(LinkedHashSet.class, new Growing<>(LinkedHashSet::new), 44);
        kryo.register(TreeSet.class, new SortedSets(), 45);
        kryo.register(HashMap.class, new GrowingMaps<>(HashMap::new), 46);
        kryo.register(LinkedHashMap.class, new GrowingMaps<>(LinkedHashMap::new), 47);
        kryo.register(TreeMap.class, new SortedMaps(), 48);

        // List.of and the like have several classes each, of which none is public.
        kryo.register(
                List.of().getClass(),
                new Finished<>(
                        ArrayList::new,
                        list -> list.contains(null) ? list.stream().toList() : List.copyOf(list)),
                LIST_OF);
        alias(classes, LIST_OF, List.of(1), List.of(1, 2, 3).subList(0, 2), Collections.emptyList());
        kryo.register(Set.of().getClass(), new Finished<>(HashSet::new, Set::copyOf), SET_OF);
        alias(classes, SET_OF, Set.of(1), Collections.emptySet());
        kryo.register(Map.of().getClass(), new FinishedMaps(Map::copyOf), MAP_OF);
        alias(classes, MAP_OF, Map.of(1, 1), Collections.emptyMap());
        kryo.register(
                Arrays.asList().getClass(), new Finished<>(ArrayList::new, list -> Arrays.asList(list.toArray())), 52);
        kryo.register(
                Collections.unmodifiableList(new ArrayList<>()).getClass(),
                new Finished<>(ArrayList::new, Collections::unmodifiableList),
                UNMODIFIABLE_LIST);
        alias(
                classes,
                UNMODIFIABLE_LIST,
                Collections.unmodifiableList(new LinkedList<>()),
                Collections.singletonList(1));
        kryo.register(
                Collections.unmodifiableSet(new HashSet<>()).getClass(),
                new Finished<>(LinkedHashSet::new, Collections::unmodifiableSet),
                UNMODIFIABLE_SET);
        alias(classes, UNMODIFIABLE_SET, Collections.singleton(1));
        kryo.register(
                Collections.unmodifiableMap(new HashMap<>()).getClass(),
                new FinishedMaps(Collections::unmodifiableMap),
                UNMODIFIABLE_MAP);
        alias(classes, UNMODIFIABLE_MAP, Collections.singletonMap(1, 1));
        kryo.register(Optional.class, new Optionals(), 56);
    }

    private static void alias(GraphClasses classes, int number, Object... others) {
        for (Object other : others) {
            classes.registerAlso(other.getClass(), number);
        }
    }

    private static int readCount(Input input) {
        return ((BoundedInput) input).readCount();
    }

    /**
     * The elements of a set, or the keys of a map, in the order in which they are written: where the order says nothing,
     * it is made to depend on nothing but the keys, if they can be ordered.
     */
    private static Collection<?> ordered(Object container, Collection<?> keys) {
        if (!WITHOUT_ORDER.contains(container.getClass()) || !keys.stream().allMatch(JdkSerializers::hasOrder)) {
            return keys;
        }
        List<@Nullable Object> sorted = new ArrayList<>(keys);
        sorted.sort(ORDER);
        return sorted;
    }

    private static boolean hasOrder(@Nullable Object key) {
        return key == null || (key instanceof Comparable && (key instanceof Enum || isOfJdk(key.getClass())));
    }

    private static String nameOfClass(Object key) {
        return (key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass()).getName();
    }

    @SuppressWarnings("unchecked")
    private static int compareOfOneClass(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private static void writeElements(Kryo kryo, Output output, Object container, Collection<?> elements) {
        output.writeVarInt(elements.size(), true);
        for (Object element : ordered(container, elements)) {
            kryo.writeClassAndObject(output, element);
        }
    }

    private static void readElements(Kryo kryo, Input input, Collection<@Nullable Object> into) {
        boolean hashes = into instanceof Set;
        for (int count = readCount(input); count > 0; count--) {
            into.add(hashes ? ((GraphKryo) kryo).readKey(input) : kryo.readClassAndObject(input));
        }
    }

    private static void writeEntries(Kryo kryo, Output output, Map<?, ?> map) {
        output.writeVarInt(map.size(), true);
        Collection<?> keys = ordered(map, map.keySet());
        if (keys == map.keySet()) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                kryo.writeClassAndObject(output, entry.getKey());
                kryo.writeClassAndObject(output, entry.getValue());
            }
        } else {
            for (Object key : keys) {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, map.get(key));
            }
        }
    }

    private static void readEntries(Kryo kryo, Input input, Map<@Nullable Object, @Nullable Object> into) {
        for (int count = readCount(input); count > 0; count--) {
            @Nullable Object key = ((GraphKryo) kryo).readKey(input);
            into.put(key, kryo.readClassAndObject(input));
        }
    }

    /** Collections that are there before their elements, and so may hold themselves. */
    private static final class Growing<C extends Collection<@Nullable Object>> extends Serializer<C> {

        private final Supplier<C> empty;

        Growing(Supplier<C> empty) {
            this.empty = empty;
        }

        @Override
        public void write(Kryo kryo, Output output, C elements) {
            writeElements(kryo, output, elements, elements);
        }

        @Override
        public C read(Kryo kryo, Input input, Class<? extends C> type) {
            C elements = empty.get();
            kryo.reference(elements);
            readElements(kryo, input, elements);
            return elements;
        }
    }

    private static final class GrowingMaps<M extends Map<@Nullable Object, @Nullable Object>> extends Serializer<M> {

        private final Supplier<M> empty;

        GrowingMaps(Supplier<M> empty) {
            this.empty = empty;
        }

        @Override
        public void write(Kryo kryo, Output output, M map) {
            writeEntries(kryo, output, map);
        }

        @Override
        public M read(Kryo kryo, Input input, Class<? extends M> type) {
            M map = empty.get();
            kryo.reference(map);
            readEntries(kryo, input, map);
            return map;
        }
    }

    /** Collections that are made when their elements are there. */
    private static final class Finished<C extends Collection<@Nullable Object>> extends Serializer<Object> {

        private final Supplier<C> empty;
        private final Function<C, Object> finish;

        Finished(Supplier<C> empty, Function<C, Object> finish) {
            this.empty = empty;
            this.finish = finish;
        }

        @Override
        public void write(Kryo kryo, Output output, Object elements) {
            GraphReferences references = ((GraphKryo) kryo).references();
            references.begin(elements);
            writeElements(kryo, output, elements, (Collection<?>) elements);
            references.end(elements);
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            C elements = empty.get();
            readElements(kryo, input, elements);
            return finish.apply(elements);
        }
    }

    private static final class FinishedMaps extends Serializer<Object> {

        private final Function<Map<@Nullable Object, @Nullable Object>, Object> finish;

        FinishedMaps(Function<Map<@Nullable Object, @Nullable Object>, Object> finish) {
            this.finish = finish;
        }

        @Override
        public void write(Kryo kryo, Output output, Object map) {
            GraphReferences references = ((GraphKryo) kryo).references();
            references.begin(map);
            writeEntries(kryo, output, (Map<?, ?>) map);
            references.end(map);
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            readEntries(kryo, input, map);
            return finish.apply(map);
        }
    }

    /** Comparators are objects like others, but those of the JDK are written as null and as numbers. */
    private static void writeOrder(Kryo kryo, Output output, @Nullable Comparator<?> order) {
        int known = knownOrders().indexOf(order);
        kryo.writeClassAndObject(output, order == null ? null : known >= 0 ? Integer.valueOf(known) : order);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparator<Object> readOrder(Kryo kryo, Input input) {
        @Nullable Object order = kryo.readClassAndObject(input);
        return (Comparator<Object>)
                (order instanceof Integer known ? knownOrders().get(known) : order);
    }

    private static List<Comparator<?>> knownOrders() {
        return Arrays.asList(Comparator.naturalOrder(), Collections.reverseOrder(), String.CASE_INSENSITIVE_ORDER);
    }

    private static final class SortedSets extends Serializer<TreeSet<@Nullable Object>> {

        @Override
        public void write(Kryo kryo, Output output, TreeSet<@Nullable Object> set) {
            writeOrder(kryo, output, set.comparator());
            writeElements(kryo, output, set, set);
        }

        @Override
        public TreeSet<@Nullable Object> read(Kryo kryo, Input input, Class<? extends TreeSet<@Nullable Object>> type) {
            TreeSet<@Nullable Object> set = new TreeSet<>(readOrder(kryo, input));
            kryo.reference(set);
            readElements(kryo, input, set);
            return set;
        }
    }

    private static final class SortedMaps extends Serializer<TreeMap<@Nullable Object, @Nullable Object>> {

        @Override
        public void write(Kryo kryo, Output output, TreeMap<@Nullable Object, @Nullable Object> map) {
            writeOrder(kryo, output, map.comparator());
            writeEntries(kryo, output, map);
        }

        @Override
        public TreeMap<@Nullable Object, @Nullable Object> read(
                Kryo kryo, Input input, Class<? extends TreeMap<@Nullable Object, @Nullable Object>> type) {
            TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(readOrder(kryo, input));
            kryo.reference(map);
            readEntries(kryo, input, map);
            return map;
        }
    }

    private static final class Optionals extends Serializer<Optional<?>> {

        @Override
        public void write(Kryo kryo, Output output, Optional<?> optional) {
            GraphReferences references = ((GraphKryo) kryo).references();
            references.begin(optional);
            kryo.writeClassAndObject(output, optional.orElse(null));
            references.end(optional);
        }

        @Override
        public Optional<?> read(Kryo kryo, Input input, Class<? extends Optional<?>> type) {
            return Optional.ofNullable(kryo.readClassAndObject(input));
        }
    }

    /** Arrays of objects and of arrays: the dimensions, the class at the bottom, the elements. */
    private static final class ObjectArrays extends Serializer<Object[]> {

        @Override
        public void write(Kryo kryo, Output output, Object[] array) {
            int dimensions = 0;
            Class<?> component = array.getClass();
            for (; component.isArray(); component = component.componentType()) {
                dimensions++;
            }
            if (!COMPONENTS.containsKey(component.getName()) && (component.isHidden() || isOfJdk(component))) {
                throw new MirrorException(
                        "An array of " + component.getName() + " can't be stored: it is a class of the JDK "
                                + "that is none of the usual values and collections, or one that was made at run time");
            }
            output.writeVarInt(dimensions, true);
            ((GraphKryo) kryo).classes().writeName(output, component.getName());
            output.writeVarInt(array.length, true);
            for (Object element : array) {
                kryo.writeClassAndObject(output, element);
            }
        }

        @Override
        public Object[] read(Kryo kryo, Input input, Class<? extends Object[]> type) {
            int dimensions = input.readVarInt(true);
            GraphClasses classes = ((GraphKryo) kryo).classes();
            String name = classes.readName(input);
            @Nullable Class<?> ofJdk = COMPONENTS.get(name);
            Class<?> component = ofJdk == null ? classes.allowedClass(name) : ofJdk;
            if (dimensions < (component.isPrimitive() ? 2 : 1) || dimensions > MOST_DIMENSIONS) {
                throw new KryoException("an array has " + dimensions + " dimensions");
            }
            for (int i = 1; i < dimensions; i++) {
                component = component.arrayType();
            }
            Object[] array = (Object[]) Array.newInstance(component, readCount(input));
            kryo.reference(array);
            for (int i = 0; i < array.length; i++) {
                array[i] = kryo.readClassAndObject(input);
            }
            return array;
        }
    }

    private static final class Decimals extends ImmutableSerializer<BigDecimal> {

        @Override
        public void write(Kryo kryo, Output output, BigDecimal decimal) {
            byte[] unscaled = decimal.unscaledValue().toByteArray();
            output.writeVarInt(unscaled.length, true);
            output.writeBytes(unscaled);
            output.writeVarInt(decimal.scale(), false);
        }

        @Override
        public BigDecimal read(Kryo kryo, Input input, Class<? extends BigDecimal> type) {
            BigInteger unscaled = new BigInteger(input.readBytes(input.readVarInt(true)));
            return new BigDecimal(unscaled, input.readVarInt(false));
        }
    }

    /** Kryo's own leaves out the offset, which tells the two hours apart when a clock is put back. */
    private static final class ZonedTimes extends ImmutableSerializer<ZonedDateTime> {

        @Override
        public void write(Kryo kryo, Output output, ZonedDateTime time) {
            kryo.writeClassAndObject(output, time.toLocalDateTime());
            kryo.writeClassAndObject(output, time.getOffset());
            kryo.writeClassAndObject(output, time.getZone());
        }

        @Override
        public ZonedDateTime read(Kryo kryo, Input input, Class<? extends ZonedDateTime> type) {
            LocalDateTime local = (LocalDateTime) kryo.readClassAndObject(input);
            ZoneOffset offset = (ZoneOffset) kryo.readClassAndObject(input);
            ZoneId zone = (ZoneId) kryo.readClassAndObject(input);
            return ZonedDateTime.ofInstant(local, offset, zone);
        }
    }

    /** Kryo's own makes the array before it looks whether its elements are there. */
    private static final class Booleans extends Serializer<boolean[]> {

        @Override
        public void write(Kryo kryo, Output output, boolean[] array) {
            output.writeVarInt(array.length, true);
            output.writeBooleans(array, 0, array.length);
        }

        @Override
        public boolean[] read(Kryo kryo, Input input, Class<? extends boolean[]> type) {
            return input.readBooleans(input.readVarInt(true));
        }
    }

    private static final class Dates extends Serializer<Date> {

        @Override
        public void write(Kryo kryo, Output output, Date date) {
            output.writeLong(date.getTime());
        }

        @Override
        public Date read(Kryo kryo, Input input, Class<? extends Date> type) {
            return new Date(input.readLong());
        }
    }
}
