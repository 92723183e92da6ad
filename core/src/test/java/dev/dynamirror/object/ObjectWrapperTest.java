package dev.dynamirror.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"JdkObsolete", "JavaUtilDate"})
final class ObjectWrapperTest {

    enum Colour {
        RED,
        GREEN {
            @Override
            String spoken() {
                return "a green";
            }
        };

        String spoken() {
            return "a red";
        }
    }

    record Point(int x, double y, @Nullable String label) {}

    record Pair(@Nullable Object left, @Nullable Object right) {}

    record Positive(int number) {
        Positive {
            if (number <= 0) {
                throw new IllegalArgumentException(number + " is not positive");
            }
        }
    }

    static class Base {
        private final String name;
        final boolean flag;
        final byte small;
        final short medium;
        final char letter;
        final long big;
        final float ratio;

        Base(String name) {
            this.name = Objects.requireNonNull(name);
            flag = true;
            small = 1;
            medium = 2;
            letter = 'c';
            big = 3;
            ratio = 0.5f;
        }

        String baseName() {
            return name;
        }
    }

    /** No default constructor, final fields, and a field that hides one of its superclass. */
    static final class Derived extends Base {
        private final String name;
        private final @Nullable Object nothing;
        private final transient int forgotten;

        Derived(String name, String baseName) {
            super(baseName);
            this.name = Objects.requireNonNull(name);
            nothing = null;
            forgotten = 7;
        }
    }

    static final class Node {
        final String name;
        final List<Node> neighbours = new ArrayList<>();

        @Nullable
        Node next;

        Node(String name) {
            this.name = name;
        }
    }

    static final class Holder {
        final Object held;

        Holder(Object held) {
            this.held = held;
        }
    }

    static final class NoFields {}

    static final class Singletons {
        static boolean forbiddenIsInitialised;

        private Singletons() {}
    }

    static final class Permitted {
        final int number = Integer.parseInt("5");
    }

    /** As long a name as the one before, so that bytes can be made that name it, though nobody touches it. */
    static final class Forbidden {
        static {
            Singletons.forbiddenIsInitialised = true;
        }

        final int number = Integer.parseInt("5");
    }

    private static final AllowedClasses ALLOWED = AllowedClasses.of(
            Colour.class,
            Point.class,
            Pair.class,
            Positive.class,
            Derived.class,
            Node.class,
            Holder.class,
            NoFields.class,
            Permitted.class);

    private static Object roundTrip(Object value) {
        byte[] bytes = ObjectWrapper.of(value).toBytes();
        return ObjectWrapper.ofBytes(bytes).open(ALLOWED).value();
    }

    static Stream<Object> equalValues() {
        return Stream.of(
                true,
                (byte) -1,
                (short) -300,
                'ß',
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                -0.0d,
                Double.NaN,
                "",
                "a",
                "plain text",
                "\u0000 ünïcödé 😀 \ud800",
                "long ".repeat(10_000),
                BigInteger.TEN.pow(50).negate(),
                BigInteger.ZERO,
                new BigDecimal("-12.3400"),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                new BigDecimal("123456789012345678901234567890.1"),
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                Duration.ofSeconds(-5, 3),
                Instant.MIN,
                Instant.parse("2026-11-22T10:00:00.000000001Z"),
                LocalDate.MIN,
                LocalTime.of(23, 59, 59, 1),
                LocalDateTime.MAX,
                ZoneOffset.ofHoursMinutesSeconds(1, 2, 3),
                ZoneId.of("Europe/Berlin"),
                OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC),
                OffsetDateTime.of(LocalDateTime.MIN, ZoneOffset.MAX),
                ZonedDateTime.of(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                Year.of(-5),
                YearMonth.of(2026, 11),
                MonthDay.of(2, 29),
                Period.of(-1, 2, -3),
                DayOfWeek.FRIDAY,
                Month.MAY,
                new Date(-1),
                Colour.RED,
                Colour.GREEN,
                new Point(1, 2.5, null),
                new Point(-1, Double.MIN_VALUE, "here"),
                new Pair(new Pair(null, List.of(1)), Map.of("a", new Point(1, 1, "p"))),
                new ArrayList<>(Arrays.asList(1, null, "x", new Point(0, 0, null))),
                new LinkedList<>(List.of(1, 2)),
                new HashSet<>(Arrays.asList(null, 1, "x")),
                new LinkedHashSet<>(List.of("z", "a")),
                new TreeSet<>(List.of("z", "a")),
                new HashMap<>(Map.of("k", new ArrayList<>(List.of(Set.of(1, 2), Set.of())))),
                new LinkedHashMap<>(Map.of(1, 2)),
                new TreeMap<>(Map.of(LocalDate.MIN, new TreeMap<>())),
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                List.of(1, 2, 3).subList(1, 3),
                Stream.of(1, null).toList(),
                Set.of(1, "a", Colour.GREEN),
                Map.of(),
                Map.of(Colour.RED, 1, Colour.GREEN, 2),
                Arrays.asList(1, null),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.emptyMap(),
                Collections.singletonList(null),
                Collections.singleton(null),
                Collections.singletonMap(null, null),
                Collections.unmodifiableList(new LinkedList<>(List.of(1))),
                Collections.unmodifiableSet(new LinkedHashSet<>(List.of(3, 1))),
                Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
                Optional.empty(),
                Optional.of(new Point(1, 1, "in")));
    }

    @ParameterizedTest
    @MethodSource("equalValues")
    void anEqualObjectComesBack(Object value) {
        Object back = roundTrip(value);

        assertThat(back).isEqualTo(value);
        assertThat(ObjectWrapper.of(back))
                .isEqualTo(ObjectWrapper.of(value))
                .hasSameHashCodeAs(ObjectWrapper.of(value));
    }

    @ParameterizedTest
    @MethodSource("equalValues")
    void whatCameBackIsWrittenAsBefore(Object value) {
        byte[] bytes = ObjectWrapper.of(value).toBytes();

        assertThat(ObjectWrapper.of(value).toBytes()).isEqualTo(bytes);
        assertThat(ObjectWrapper.ofBytes(bytes).open(ALLOWED).toBytes()).isEqualTo(bytes);
    }

    static Stream<Arguments> arrays() {
        return Stream.<Object>of(
                        new byte[] {1, -1},
                        new short[] {1, -1},
                        new char[] {'a', 'ß'},
                        new int[] {1, Integer.MIN_VALUE},
                        new long[] {1, Long.MIN_VALUE},
                        new float[] {1, Float.NaN},
                        new double[] {1, -0.0},
                        new boolean[] {true, false, true},
                        new int[0],
                        new int[][] {{1}, {}, null},
                        new Object[] {1, "a", null, new Object[] {2}},
                        new String[] {"a", null},
                        new Point[] {new Point(1, 2, null)},
                        new Colour[][] {{Colour.RED}, {}},
                        new List<?>[] {List.of(1)},
                        new Comparable<?>[] {1, "a"})
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void anEqualArrayComesBack(Object array) {
        Object back = roundTrip(array);

        assertThat(back).hasSameClassAs(array);
        assertThat(Arrays.deepEquals(new Object[] {back}, new Object[] {array})).isTrue();
    }

    @Test
    void aClassWithoutDefaultConstructorComesBackWithAllItsFields() {
        Derived back = (Derived) roundTrip(new Derived("own", "inherited"));

        assertThat(back.name).isEqualTo("own");
        assertThat(back.baseName()).isEqualTo("inherited");
        assertThat(back.nothing).isNull();
        assertThat(List.of(back.flag, back.small, back.medium, back.letter, back.big, back.ratio))
                .isEqualTo(List.of(true, (byte) 1, (short) 2, 'c', 3L, 0.5f));
        assertThat(back.forgotten).isZero();
    }

    @Test
    void objectsOfNoFieldsComeBack() {
        assertThat((List<?>) roundTrip(new ArrayList<>(List.of(new NoFields(), new NoFields()))))
                .hasSize(2)
                .allMatch(NoFields.class::isInstance);
    }

    @Test
    void anObjectMayHoldItself() {
        Node first = new Node("first");
        Node second = new Node("second");
        first.next = second;
        second.next = first;
        first.neighbours.add(first);
        first.neighbours.add(second);

        Node back = (Node) roundTrip(first);

        Node next = Objects.requireNonNull(back.next);
        assertThat(next.name).isEqualTo("second");
        assertThat(next.next).isSameAs(back);
        assertThat(back.neighbours).containsExactly(back, next);
    }

    @Test
    void anArrayAndAListMayHoldThemselves() {
        Object[] array = new Object[1];
        array[0] = array;
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(array);

        List<?> back = (List<?>) roundTrip(list);

        assertThat(back.get(0)).isSameAs(back);
        assertThat(((Object[]) back.get(1))[0]).isSameAs(back.get(1));
    }

    @Test
    void whatIsSharedIsSharedAgain() {
        Point point = new Point(1, 1, "shared");

        Pair back = (Pair) roundTrip(new Pair(point, point));

        assertThat(back.left()).isSameAs(back.right());
    }

    @Test
    void aGraphOfManyWaysIsNoTrouble() {
        // Forty layers of two, each referring to both of the next: 2^40 ways through it.
        Node[] layer = {new Node("a"), new Node("b")};
        for (int i = 0; i < 40; i++) {
            Node[] above = {new Node("a" + i), new Node("b" + i)};
            for (Node node : above) {
                node.neighbours.addAll(List.of(layer));
            }
            layer = above;
        }

        Map<?, ?> back = (Map<?, ?>) roundTrip(new HashMap<>(Map.of(layer[0], layer[1])));

        assertThat(back).hasSize(1);
    }

    @Test
    void aRecordThatHoldsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        Pair pair = new Pair(list, null);
        list.add(pair);

        assertThatThrownBy(() -> ObjectWrapper.of(pair).toBytes())
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage(
                        "An object can't be stored, as its dev.dynamirror.object.ObjectWrapperTest$Pair holds itself: "
                                + "a record or an immutable collection that does can't be made again");
    }

    @Test
    void theOrderOfASortedMapComesBack() {
        TreeMap<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of("a", 1, "b", 2));
        TreeSet<String> ignoringCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.add("A");

        assertThat(((TreeMap<?, ?>) roundTrip(reversed)).firstKey()).isEqualTo("b");
        assertThat(((TreeSet<?>) roundTrip(ignoringCase)).comparator()).isSameAs(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void theElementsOfADequeComeBackInOrder() {
        ArrayDeque<?> back = (ArrayDeque<?>) roundTrip(new ArrayDeque<>(List.of(3, 1, 2)));

        assertThat(new ArrayList<Object>(back)).isEqualTo(List.of(3, 1, 2));
    }

    static Stream<Arguments> whatCannotBeStored() {
        Runnable lambda = () -> {};
        Object proxy = java.lang.reflect.Proxy.newProxyInstance(
                ObjectWrapperTest.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (self, method, arguments) -> 1);
        return Stream.<Object>of(
                        lambda,
                        proxy,
                        Thread.currentThread(),
                        ObjectWrapperTest.class.getClassLoader(),
                        String.class,
                        new Object(),
                        new java.util.concurrent.atomic.AtomicLong(),
                        new Thread[0],
                        new IllegalStateException("a"),
                        new TreeSet<>(Comparator.comparing(Object::toString)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("whatCannotBeStored")
    void whatCannotBeStoredIsRefused(Object value) {
        assertThatThrownBy(() -> ObjectWrapper.of(new Holder(value)).toBytes())
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessageContaining("can't be stored");
    }

    @Test
    void theRefusalOfAThreadSaysWhatToDo() {
        assertThatThrownBy(() -> ObjectWrapper.of(new Thread()).toBytes())
                .hasMessage(
                        "An object of class java.lang.Thread can't be stored or read: it is a class of the JDK, of which "
                                + "only the usual values and collections can be stored; make the field transient, or hold the data "
                                + "in a class of your own");
    }

    @Test
    void aClassThatIsNotAllowedIsNamedAndNotTouched() {
        byte[] permitted = ObjectWrapper.of(new Permitted()).toBytes();
        byte[] forbidden = replaced(permitted, "Permitted", "Forbidden");

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(forbidden).open(AllowedClasses.of(Permitted.class)))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage(
                        "A stored object holds one of class dev.dynamirror.object.ObjectWrapperTest$Forbidden, which is not "
                                + "allowed to be read. If you trust the bytes with it, give it to AllowedClasses.of(...); allowed "
                                + "are [dev.dynamirror.object.ObjectWrapperTest$Permitted]");
        assertThat(Singletons.forbiddenIsInitialised).isFalse();

        // And if it is allowed, it is read.
        assertThat(ObjectWrapper.ofBytes(forbidden)
                        .open(AllowedClasses.of(Forbidden.class))
                        .value())
                .isInstanceOf(Forbidden.class);
        assertThat(Singletons.forbiddenIsInitialised).isTrue();
    }

    static Stream<Arguments> valuesOfClassesThatNeedLeave() {
        return Stream.<Object>of(
                        Colour.RED,
                        Colour.GREEN,
                        new Point(1, 2, null),
                        new Point[0],
                        new Point[0][0],
                        List.of(new NoFields()),
                        Optional.of(Colour.GREEN))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("valuesOfClassesThatNeedLeave")
    void noClassIsAllowedThatWasNotNamed(Object value) {
        byte[] bytes = ObjectWrapper.of(value).toBytes();

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(AllowedClasses.of(Holder.class)))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessageMatching(
                        "A stored object holds one of class dev\\.dynamirror\\.object\\.ObjectWrapperTest\\$\\w+, "
                                + "which is not allowed .*");
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        byte[] replaced =
                new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(replaced).isNotEqualTo(bytes);
        return replaced;
    }

    /** The last letter of a short text has 80 added, so a name without it is enough to make another. */
    @Test
    void aFieldThatTheClassLostIsPassedOverAndANewOneIsNull() {
        byte[] object = replaced(ObjectWrapper.of(new Holder(List.of(1, 2))).toBytes(), "hel", "bal");
        byte[] component = replaced(ObjectWrapper.of(new Pair(List.of(1), 2)).toBytes(), "lef", "lof");

        assertThat(((Holder) ObjectWrapper.ofBytes(object).open(ALLOWED).value()).held)
                .isNull();
        assertThat(ObjectWrapper.ofBytes(component).open(ALLOWED).value()).isEqualTo(new Pair(null, 2));
    }

    @Test
    void aFieldOfAnotherTypeIsAnError() {
        // Of "name", the last letter has 80 added; it becomes "next", where a node is expected.
        byte[] bytes = replaced(
                ObjectWrapper.of(new Node("n")).toBytes(), "nam" + (char) ('e' | 0x80), "nex" + (char) ('t' | 0x80));

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("A stored object can't be read, as its bytes are damaged or a class of it has changed: "
                        + "field next of dev.dynamirror.object.ObjectWrapperTest$Node is of type "
                        + "dev.dynamirror.object.ObjectWrapperTest$Node, but stored is one of class java.lang.String");
    }

    @Test
    void theClassIsTheOneThatWasGiven() throws Exception {
        URL classes =
                ObjectWrapperTest.class.getProtectionDomain().getCodeSource().getLocation();
        byte[] bytes = ObjectWrapper.of(new NoFields()).toBytes();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> other = loader.loadClass(NoFields.class.getName());

            assertThat(ObjectWrapper.ofBytes(bytes)
                            .open(AllowedClasses.of(other))
                            .value()
                            .getClass())
                    .isSameAs(other)
                    .isNotSameAs(NoFields.class);
            assertThat(ObjectWrapper.ofBytes(bytes).open(ALLOWED).value()).isInstanceOf(NoFields.class);
            assertThatThrownBy(() -> AllowedClasses.of(other, NoFields.class))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Two classes named dev.dynamirror.object.ObjectWrapperTest$NoFields can't both be allowed");
        }
    }

    @Test
    void anOrderThatSaysSomethingIsKept() {
        List<Integer> order = List.of(3, 1, 2);
        Set<Integer> set = new LinkedHashSet<>(order);
        Map<Integer, Integer> map = new LinkedHashMap<>();
        order.forEach(i -> map.put(i, i));

        assertThat(new ArrayList<Object>((Set<?>) roundTrip(set))).isEqualTo(order);
        assertThat(new ArrayList<Object>((Set<?>) roundTrip(Collections.unmodifiableSet(set))))
                .isEqualTo(order);
        assertThat(new ArrayList<Object>(((Map<?, ?>) roundTrip(map)).keySet())).isEqualTo(order);
        assertThat(new ArrayList<Object>(((Map<?, ?>) roundTrip(Collections.unmodifiableMap(map))).keySet()))
                .isEqualTo(order);
    }

    @Test
    void aRecordMayRefuseWhatWasStored() {
        byte[] bytes = ObjectWrapper.of(new Positive(1)).toBytes();
        // The number is the last byte, in zigzag.
        bytes[bytes.length - 1] = 1;

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage(
                        "A stored object can't be read, as the record dev.dynamirror.object.ObjectWrapperTest$Positive "
                                + "refuses its components: java.lang.IllegalArgumentException: -1 is not positive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d1", "d10b", "000b0109", "aced0005"})
    void bytesOfSomethingElseAreRefused(String hex) {
        assertThatThrownBy(() ->
                        ObjectWrapper.ofBytes(HexFormat.of().parseHex(hex)).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("These bytes are no stored object: they don't begin with d10b and a version");
    }

    @Test
    void aVersionOfTheFutureIsRefused() {
        assertThatThrownBy(() -> ObjectWrapper.ofBytes(HexFormat.of().parseHex("d10bc80200"))
                        .open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("This object is stored in version 200 of the form, and this program knows version 1 only; "
                        + "read it with the program that wrote it, or a newer one");
    }

    /** What stands in databases. If this changes, the version has to. */
    @Test
    void theFormIsWhatItAlwaysWas() {
        Object value = new Pair(new ArrayList<>(List.of(7, "seven")), Colour.RED);

        assertThat(HexFormat.of().formatHex(ObjectWrapper.of(value).toBytes())).isEqualTo(GOLDEN);
        assertThat(ObjectWrapper.ofBytes(HexFormat.of().parseHex(GOLDEN))
                        .open(ALLOWED)
                        .value())
                .isEqualTo(value);
    }

    private static final String GOLDEN = "d10b" // the tag
            + "01" // the version
            + "0100" // an object of a class by name, which is name 0 and spelled out: its length + 1 with 80, and its
            // letters
            + ("ad" + hex("dev.dynamirror.object.ObjectWrapperTest$Pair"))
            + "01" // not seen before
            + "02" // two fields, whose names are 1 and 2; the last letter of a short text has 80 added
            + ("01" + hex("lef") + "f4")
            + ("02" + hex("righ") + "f4")
            + "2a01" // left: an ArrayList, not seen before
            + "02" // two elements
            + "020e" // an int, 7 in zigzag
            + ("03" + hex("seve") + "ee") // a text
            + "0103" // right: a class by name, which is name 3
            + ("af" + hex("dev.dynamirror.object.ObjectWrapperTest$Colour"))
            + (hex("RE") + "c4");

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void equalMapsHaveEqualBytes() {
        Map<String, Integer> grown = new HashMap<>(4096);
        Map<String, Integer> small = new HashMap<>();
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> "key" + i).toList());
        keys.forEach(key -> grown.put(key, key.length()));
        Collections.reverse(keys);
        keys.forEach(key -> small.put(key, key.length()));

        assertThat(ObjectWrapper.of(grown).toBytes())
                .isEqualTo(ObjectWrapper.of(small).toBytes());
        assertThat(ObjectWrapper.of(new HashSet<>(keys)).toBytes())
                .isEqualTo(ObjectWrapper.of(new HashSet<>(grown.keySet())).toBytes());
    }

    @Test
    void equalTextsAreWrittenAlikeWhetherSharedOrNot() {
        String text = "text";

        assertThat(ObjectWrapper.of(new Pair(text, text)).toBytes())
                .isEqualTo(ObjectWrapper.of(new Pair(text, String.valueOf("text".toCharArray())))
                        .toBytes());
    }

    @Test
    void manyThreadsWriteAndRead() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<@Nullable Void>> tasks = IntStream.range(0, 400)
                    .<Callable<@Nullable Void>>mapToObj(i -> () -> {
                        List<Object> value =
                                new ArrayList<>(List.of(new Point(i, i, "p" + i), Colour.GREEN, Map.of(i, i)));
                        assertThat(roundTrip(value)).isEqualTo(value);
                        assertThatThrownBy(() ->
                                        ObjectWrapper.of(new Holder(threads)).toBytes())
                                .isExactlyInstanceOf(MirrorException.class);
                        return null;
                    })
                    .toList();
            for (Future<?> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theAllowedClassesTravel() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(AllowedClasses.of(Point.class, Colour[].class));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(AllowedClasses.of(Colour.class, Point.class));
        }
    }

    @Test
    void aWrapperIsTheValueItHolds() {
        assertThat(ObjectWrapper.of(1)).isEqualTo(ObjectWrapper.of(1)).isNotEqualTo(ObjectWrapper.of(2));
        assertThat(ObjectWrapper.of(1)).isNotEqualTo(1).hasToString("1");
    }
}
