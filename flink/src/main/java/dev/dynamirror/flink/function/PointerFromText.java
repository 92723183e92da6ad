package dev.dynamirror.flink.function;

import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.jspecify.annotations.Nullable;

/** {@code POINTER(text)}: the pointer that a text stands for, which {@link PointerOf} does not take for a string. */
public final class PointerFromText extends ScalarFunction {

    /** The function's name in SQL. */
    public static final String NAME = "POINTER";

    private static final long serialVersionUID = 1L;

    /** Called by Flink, also for {@code CREATE FUNCTION}. */
    public PointerFromText() {}

    /**
     * Called by Flink for each row.
     *
     * @throws dev.dynamirror.error.MirrorException if the text is no pointer
     */
    public @Nullable Pointer eval(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Pointer.parse(text);
        } catch (IllegalArgumentException e) {
            throw new NoPointerException(NAME, e);
        }
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.explicitSequence(DataTypes.STRING()))
                .outputTypeStrategy(TypeStrategies.explicit(LiveTypes.dataType(ScalarType.POINTER)))
                .build();
    }
}
