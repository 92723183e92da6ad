package dev.dynamirror.fuzz;

import dev.dynamirror.item.ItemDecoderFuzz;
import dev.dynamirror.object.ObjectWrapperFuzz;
import dev.dynamirror.read.ItemPositionFuzz;
import dev.dynamirror.value.JsonFuzz;
import dev.dynamirror.value.PointerFuzz;
import dev.dynamirror.value.SchemaFuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A fuzz test: what it does with one input, and the inputs that are kept.
 *
 * <p>They stand in a file of the test's name, each in base64 on a line of its own.
 *
 * @param test the class with the static method {@code fuzzerTestOneInput}, which Jazzer calls
 * @param once that method
 * @param seeds the inputs from which it starts
 */
record FuzzTarget(Class<?> test, Consumer<byte[]> once, List<byte[]> seeds) {

    static final List<FuzzTarget> ALL = List.of(
            new FuzzTarget(ItemDecoderFuzz.class, ItemDecoderFuzz::fuzzerTestOneInput, ItemDecoderFuzz.seeds()),
            new FuzzTarget(ObjectWrapperFuzz.class, ObjectWrapperFuzz::fuzzerTestOneInput, ObjectWrapperFuzz.seeds()),
            new FuzzTarget(SchemaFuzz.class, SchemaFuzz::fuzzerTestOneInput, texts(SchemaFuzz.SEEDS)),
            new FuzzTarget(JsonFuzz.class, JsonFuzz::fuzzerTestOneInput, texts(JsonFuzz.SEEDS)),
            new FuzzTarget(PointerFuzz.class, PointerFuzz::fuzzerTestOneInput, texts(PointerFuzz.SEEDS)),
            new FuzzTarget(
                    ItemPositionFuzz.class, ItemPositionFuzz::fuzzerTestOneInput, texts(ItemPositionFuzz.SEEDS)));

    private static final Path KEPT = Path.of("src/test/resources/dev/dynamirror/fuzz");

    private static List<byte[]> texts(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    static FuzzTarget named(String name) {
        return ALL.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fuzz test is named \"" + name + "\"; there are "
                        + ALL.stream().map(FuzzTarget::name).toList()));
    }

    String name() {
        return test.getSimpleName();
    }

    /** The inputs from which it starts, and those that fuzzing found. */
    List<byte[]> inputs() throws IOException {
        List<byte[]> inputs = new ArrayList<>(seeds);
        if (Files.exists(file())) {
            try (Stream<String> lines = Files.lines(file())) {
                lines.map(Base64.getDecoder()::decode).forEach(inputs::add);
            }
        }
        return inputs;
    }

    /** Keeps these inputs, and none that were kept before. */
    void keep(Collection<byte[]> inputs) throws IOException {
        Files.createDirectories(KEPT);
        Files.write(
                file(),
                inputs.stream()
                        .map(Base64.getEncoder()::encodeToString)
                        .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                        .toList());
    }

    private Path file() {
        return KEPT.resolve(name() + ".txt");
    }

    @Override
    public String toString() {
        return name();
    }
}
