package dev.dynamirror.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.error.MirrorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Any bytes are an object of classes that were allowed, which can be stored again, or are refused. */
public final class ObjectWrapperFuzz {

    private static final AllowedClasses ALLOWED = AllowedClasses.of(
            HostileObjectsTest.Size.class,
            HostileObjectsTest.Item.class,
            HostileObjectsTest.Child.class,
            ObjectWrapperTest.Colour.class,
            ObjectWrapperTest.Pair.class,
            ObjectWrapperTest.Point.class,
            ObjectWrapperTest.Positive.class,
            ObjectWrapperTest.Derived.class,
            ObjectWrapperTest.Node.class,
            ObjectWrapperTest.Holder.class,
            Open.class);

    /** An {@code int[]} and a list that declare to have billions of elements, of which none is there. */
    private static final List<String> HUGE = List.of("d10b012201ffffffff07", "d10b012a01ffffffff07");

    private static boolean shutIsInitialised;

    private ObjectWrapperFuzz() {}

    static final class Open {}

    /** Named by an input, and by nobody else. */
    static final class Shut {
        static {
            shutIsInitialised = true;
        }
    }

    /** The small samples of the other tests, an object of a class that is not allowed, and some that are too large. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.concat(HostileObjectsTest.samples(), ObjectWrapperTest.equalValues())
                .map(sample -> ObjectWrapper.of(sample).toBytes())
                .filter(bytes -> bytes.length < 1000)
                .forEach(seeds::add);
        String open = new String(ObjectWrapper.of(new Open()).toBytes(), StandardCharsets.ISO_8859_1);
        seeds.add(open.getBytes(StandardCharsets.ISO_8859_1));
        seeds.add(open.replace("$Open", "$Shut").getBytes(StandardCharsets.ISO_8859_1));
        HUGE.forEach(hex -> seeds.add(HexFormat.of().parseHex(hex)));
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Object value;
        try {
            value = ObjectWrapper.ofBytes(input).open(ALLOWED).value();
        } catch (MirrorException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        } finally {
            assertThat(shutIsInitialised).isFalse();
        }
        byte[] again = ObjectWrapper.of(value).toBytes();
        assertThat(ObjectWrapper.ofBytes(again).open(ALLOWED).value()).hasSameClassAs(value);
    }
}
