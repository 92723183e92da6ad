package dev.dynamirror.flink.function;

import dev.dynamirror.flink.type.FlinkValues;
import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.Pointer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.jspecify.annotations.Nullable;

/**
 * {@code POINTER_OF(value, ...)}: the text of the pointer of a row that these values identify, the same as Pathway gives
 * it.
 *
 * <p>Takes values of all types that {@link Pointer#of} does; a NULL is None, an ARRAY and a ROW are tuples, a VARIANT is
 * JSON. Others are refused when the query is planned.
 */
public final class PointerOf extends ScalarFunction implements SpecializedFunction {

    /** The function's name in SQL. */
    public static final String NAME = "POINTER_OF";

    private static final long serialVersionUID = 1L;

    /** The types of the arguments of one call; null as long as there is none. */
    @SuppressWarnings("serial") // made by Stream.toList, which can be serialised
    private final @Nullable List<LogicalType> arguments;

    @SuppressWarnings("serial") // made again for each task
    private transient List<Optional<FlinkValues.Reader>> readers = List.of();

    /** Called by Flink, also for {@code CREATE FUNCTION}. */
    public PointerOf() {
        this(null);
    }

    private PointerOf(@Nullable List<LogicalType> arguments) {
        this.arguments = arguments;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new PointerOf(context.getCallContext().getArgumentDataTypes().stream()
                .map(DataType::getLogicalType)
                .toList());
    }

    @Override
    public void open(FunctionContext context) {
        if (arguments == null) {
            throw new IllegalStateException("opened without a call");
        }
        readers = arguments.stream().map(PointerOf::reader).toList();
    }

    /**
     * Called by Flink for each row, with values of its runtime.
     *
     * @throws dev.dynamirror.error.MirrorException if a value has no pointer
     */
    public String eval(@Nullable Object... values) {
        try {
            return Pointer.of(IntStream.range(0, readers.size())
                            .mapToObj(i -> value(readers.get(i), values[i]))
                            .toArray())
                    .toString();
        } catch (IllegalArgumentException | IllegalValueException e) {
            throw new NoPointerException(NAME, e);
        }
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new Inputs())
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.STRING().notNull()))
                .build();
    }

    private static @Nullable Object value(Optional<FlinkValues.Reader> reader, @Nullable Object value) {
        return value == null ? null : reader.orElseThrow().apply(value);
    }

    /** What reads an argument; nothing for the literal NULL, which has no type. */
    private static Optional<FlinkValues.Reader> reader(LogicalType argument) {
        return hashedType(argument).map(type -> FlinkValues.reader(argument, type));
    }

    /** The live type as which an argument is hashed, if there is one. */
    private static Optional<LiveType> hashedType(LogicalType argument) {
        return LiveTypes.of(argument).flatMap(type -> type.accept(new HashedType()));
    }

    /** Any number of arguments that have a pointer, as values of Flink's runtime. */
    private static final class Inputs implements InputTypeStrategy {

        @Override
        public ArgumentCount getArgumentCount() {
            return ConstantArgumentCount.any();
        }

        @Override
        public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
            for (DataType argument : call.getArgumentDataTypes()) {
                LogicalType type = argument.getLogicalType();
                if (!type.is(LogicalTypeRoot.NULL) && hashedType(type).isEmpty()) {
                    return call.fail(
                            throwOnFailure,
                            "%s can't make a pointer of a value of the type %s; cast it to a type that Pathway has, like"
                                    + " DOUBLE, TIMESTAMP or STRING",
                            NAME,
                            type.copy(true).asSummaryString());
                }
            }
            return Optional.of(call.getArgumentDataTypes().stream()
                    .map(DataType::toInternal)
                    .toList());
        }

        @Override
        public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
            return List.of(Signature.of(Signature.Argument.ofGroupVarying("ANY")));
        }
    }
}
