package dev.dynamirror.flink.type;

import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.LiveType;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.table.types.logical.LogicalType;

/** Turns values as Flink's runtime has them into those of Java that stand for their live type, and back. */
public final class FlinkValues {

    private FlinkValues() {}

    /**
     * Reads values of one type.
     *
     * <p>Throws an {@link IllegalValueException} for a value that is none of the live type.
     */
    @FunctionalInterface
    public interface Reader extends Function<Object, Object> {}

    /**
     * Makes values of one type; the Java value is of the class that stands for the type.
     *
     * <p>Throws an {@link IllegalValueException} for a value that Flink's type would not keep.
     */
    @FunctionalInterface
    public interface Writer extends Function<Object, Object> {}

    /** Whether values of a Flink type can be those of a live type. */
    static boolean fits(LogicalType physical, LiveType type) {
        return readerIfFits(physical, type).isPresent();
    }

    /**
     * The reader of values of that type.
     *
     * @throws IllegalArgumentException if values of the Flink type can't be of the live type
     */
    public static Reader reader(LogicalType physical, LiveType type) {
        return readerIfFits(physical, type)
                .orElseThrow(() -> new IllegalArgumentException(physical + " has no values of the type " + type));
    }

    static Optional<Reader> readerIfFits(LogicalType physical, LiveType type) {
        return type.required().accept(new FlinkReaders(physical));
    }

    /**
     * The writer of values of that type.
     *
     * @throws IllegalArgumentException if values of the Flink type can't be of the live type
     */
    public static Writer writer(LogicalType physical, LiveType type) {
        if (!fits(physical, type)) {
            throw new IllegalArgumentException(physical + " has no values of the type " + type);
        }
        return type.accept(new FlinkWriters(physical));
    }
}
