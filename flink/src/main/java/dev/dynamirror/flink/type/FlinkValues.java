package dev.dynamirror.flink.type;

import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.DocumentType;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.ListType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.LiveTypeVisitor;
import dev.dynamirror.value.MapType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArray;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.ObjectWrapper;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Tuple;
import dev.dynamirror.value.TupleType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.variant.Variant;
import org.jspecify.annotations.Nullable;

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
