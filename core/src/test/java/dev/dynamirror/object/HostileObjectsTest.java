package dev.dynamirror.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Output;
import com.sun.management.ThreadMXBean;
import dev.dynamirror.error.MirrorException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that nobody wrote for us: whatever they are, there is an object or our error, soon and in little memory. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileObjectsTest {

    enum Size {
        SMALL,
        LARGE
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Item(String name, int count, @Nullable Object more, long[] numbers) {}

    static class Parent {
        final double weight;

        Parent(double weight) {
            this.weight = weight;
        }
    }

    static final class Child extends Parent {
        final Map<String, Object> things = new HashMap<>();

        @Nullable
        Child self;

        Size size = Size.LARGE;

        Child() {
            super(1.5);
        }
    }

    private static final AllowedClasses ALLOWED = AllowedClasses.of(Size.class, Item.class, Child.class);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Object> samples() {
        Child child = new Child();
        child.self = child;
        child.things.put(
                "items", List.of(new Item("a", 1, null, new long[] {1, 2}), new Item("b", 2, Size.SMALL, new long[0])));
        child.things.put("when", Instant.EPOCH);
        return Stream.of(
                child,
                new Item("name", -1, Optional.of("x"), new long[] {Long.MAX_VALUE}),
                new ArrayList<>(Arrays.asList(1, 2L, 3f, 4d, (byte) 5, (short) 6, 'c', true, null, "text", "ü")),
                new HashMap<>(Map.of("set", Set.of(1, 2), "map", new TreeMap<>(Map.of("k", "v")))),
                new Object[] {new int[] {1}, new String[] {"s"}, new Item[1][1], new boolean[3], new char[2]},
                List.of(
                        new BigDecimal("1.50"),
                        BigInteger.TEN,
                        new UUID(1, 2),
                        ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneId.of("Europe/Berlin"))));
    }

    /** An object or our own error, and nothing else. */
    private static void readAnything(byte[] bytes) {
        try {
            assertThat(ObjectWrapper.ofBytes(bytes).open(ALLOWED).value()).isNotNull();
        } catch (MirrorException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTruncationIsAnError(Object sample) {
        byte[] bytes = ObjectWrapper.of(sample).toBytes();

        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ObjectWrapper.ofBytes(part).open(ALLOWED))
                    .isExactlyInstanceOf(MirrorException.class);
        }
        assertThatThrownBy(() -> ObjectWrapper.ofBytes(Arrays.copyOf(bytes, bytes.length + 1))
                        .open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("A stored object can't be read, as its bytes are damaged or a class of it has changed: "
                        + "more bytes follow the object");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyByteMayBeAnyOther(Object sample) {
        byte[] bytes = ObjectWrapper.of(sample).toBytes();

        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            for (int other = 0; other < 256; other++) {
                damaged[i] = (byte) other;
                readAnything(damaged);
            }
        }
    }

    @Test
    void bytesMayBeRandom() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[4 + random.nextInt(200)];
            random.nextBytes(bytes);
            // Mostly small numbers, which name types, lengths and references that there are.
            for (int j = 0; j < bytes.length; j++) {
                if (random.nextInt(3) > 0) {
                    bytes[j] = (byte) random.nextInt(60);
                }
            }
            System.arraycopy(new byte[] {(byte) 0xd1, 0x0b, 1}, 0, bytes, 0, 3);
            readAnything(bytes);
        }
    }

    @Test
    void severalBytesMayBeDamaged() {
        long seed = 20261123;
        Random random = new Random(seed);
        List<byte[]> samples =
                samples().map(sample -> ObjectWrapper.of(sample).toBytes()).toList();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
            for (int j = 0; j < 2 + random.nextInt(4); j++) {
                bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt(random.nextBoolean() ? 60 : 256);
            }
            readAnything(bytes);
        }
    }

    private static byte[] form(Consumer<Output> body) {
        try (Output output = new Output(64, -1)) {
            output.writeBytes(new byte[] {(byte) 0xd1, 0x0b, 1});
            body.accept(output);
            return output.toBytes();
        }
    }

    /** The types whose bytes begin with a length, and the lengths that would hurt. */
    static Stream<int[]> lengths() {
        int[] types = {1, 10, 11, 30, 31, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 46, 47, 49, 50, 51, 52, 53, 54, 55
        };
        int[] lengths = {1_000, 500_000_000, 1 << 29, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, -1, -2};
        return IntStream.of(types)
                .boxed()
                .flatMap(type -> IntStream.of(lengths).mapToObj(length -> new int[] {type, length}));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aDeclaredLengthAllocatesNothing(int[] typeAndLength) {
        byte[] bytes = form(output -> {
            output.writeVarInt(typeAndLength[0] + 2, true);
            if (typeAndLength[0] == 1) {
                output.writeVarIntFlag(true, typeAndLength[1], true);
            } else {
                if (typeAndLength[0] >= 30) {
                    output.writeByte(1);
                }
                output.writeVarInt(typeAndLength[1], true);
            }
            output.writeBytes(new byte[100]);
        });

        allocatesLittle(1_000_000, bytes);
    }

    @Test
    void aDeclaredLengthOfAnArrayOfObjectsAllocatesNothing() {
        allocatesLittle(1_000_000, form(output -> {
            output.writeVarInt(38 + 2, true);
            output.writeByte(1);
            output.writeVarInt(16, true);
            output.writeVarInt(0, true);
            output.writeString("java.lang.String");
            output.writeVarInt(1_000_000_000, true);
        }));
    }

    @Test
    void lengthsInLengthsDoNotMultiply() {
        // Each array of the chain declares as many elements as bytes follow.
        int size = 400_000;
        byte[] bytes = form(output -> {
            for (int depth = 0; depth < 300; depth++) {
                output.writeVarInt(38 + 2, true);
                output.writeByte(1);
                output.writeVarInt(1, true);
                output.writeVarInt(0, true);
                if (depth == 0) {
                    output.writeString("java.lang.Object");
                }
                output.writeVarInt(size - 10_000, true);
            }
            output.writeBytes(new byte[size - output.position()]);
        });

        allocatesLittle(10_000_000, bytes);
    }

    private static void allocatesLittle(long most, byte[] bytes) {
        // What is loaded and made once doesn't count.
        readAnything(ObjectWrapper.of(1).toBytes());
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(ALLOWED)).isExactlyInstanceOf(MirrorException.class);
        assertThat(THREADS.getThreadAllocatedBytes(thread) - before).isLessThan(most);
    }

    @Test
    void nestingIsLimitedWhenReading() {
        byte[] bytes = form(output -> {
            for (int depth = 0; depth < 100_000; depth++) {
                output.writeVarInt(40 + 2, true);
                output.writeByte(1);
                output.writeVarInt(1, true);
            }
        });

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("A stored object can't be read, as its bytes are damaged or a class of it has changed: "
                        + "it is nested more than 400 deep");
    }

    @Test
    void nestingIsLimitedWhenWriting() {
        Object nested = "bottom";
        for (int depth = 0; depth < 399; depth++) {
            nested = new ArrayList<>(Arrays.asList(nested));
        }
        ObjectWrapper<?> deepest = ObjectWrapper.of(nested);
        assertThat(ObjectWrapper.ofBytes(deepest.toBytes()).open(ALLOWED)).isEqualTo(deepest);

        Object tooDeep = new ArrayList<>(Arrays.asList(nested));
        assertThatThrownBy(() -> ObjectWrapper.of(tooDeep).toBytes())
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("An object of class java.util.ArrayList can't be stored: it is nested more than 400 deep");
    }

    /** Each set holds the two of the level below, and the hash code of the outermost would take 2^100 steps. */
    @Test
    void setsInSetsThatShareTheirElementsAreRefused() {
        byte[] bytes = form(output -> {
            output.writeVarInt(40 + 2, true);
            output.writeByte(1);
            output.writeVarInt(200, true);
            for (int level = 0; level < 100; level++) {
                for (int which = 0; which < 2; which++) {
                    output.writeVarInt(43 + 2, true);
                    output.writeByte(1);
                    output.writeVarInt(level == 0 ? 1 : 3, true);
                    output.writeVarInt(2, true);
                    output.writeVarInt(which, false);
                    for (int below = 0; level > 0 && below < 2; below++) {
                        output.writeVarInt(43 + 2, true);
                        output.writeVarInt(2 + 1 + 2 * (level - 1) + below, true);
                    }
                }
            }
        });

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(bytes).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("A stored object can't be read, as its bytes are damaged or a class of it has changed: "
                        + "the keys of its maps and sets are nested too much");
    }

    @Test
    void aSetThatHoldsItselfIsAnError() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        byte[] listInItself = ObjectWrapper.of(list).toBytes();
        assertThat(listInItself).endsWith(42, 1, 1, 42, 2);
        byte[] setOfIt = form(output -> output.writeBytes(new byte[] {45, 1, 1, 42, 1, 1, 42, 3}));

        assertThatThrownBy(() -> ObjectWrapper.ofBytes(setOfIt).open(ALLOWED))
                .isExactlyInstanceOf(MirrorException.class)
                .hasMessage("A stored object can't be read, as its bytes are damaged or a class of it has changed: "
                        + "it is nested too deeply");
    }
}
