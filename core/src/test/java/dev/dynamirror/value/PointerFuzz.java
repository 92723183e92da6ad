package dev.dynamirror.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.fuzz.FuzzedBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Any text is the one text of a pointer, or is refused; any 128 bits are a pointer. */
public final class PointerFuzz {

    public static final List<String> SEEDS =
            List.of("^Z5QKEQCDK9ZZ6TSYV0PM0G92JC", "^00000000000000000000000000", "^ZZZZZZZZZZZZZZZZZZZZZZZZZW");

    private PointerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzedBytes.text(input);
        try {
            assertThat(Pointer.parse(text).toString()).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).endsWith("expected ^ and 26 characters, like ^00000000000000000000000000");
        }
        ByteBuffer bits = ByteBuffer.wrap(Arrays.copyOf(input, Long.BYTES * 2));
        Pointer pointer = new Pointer(bits.getLong(), bits.getLong());
        assertThat(Pointer.parse(pointer.toString())).isEqualTo(pointer);
    }
}
