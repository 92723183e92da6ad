package dev.dynamirror.item;

import dev.dynamirror.value.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Fits decimals into their type. */
final class Decimals {

    private Decimals() {}

    /**
     * The value with exactly the scale of the type.
     *
     * @throws IllegalValueException if the value has more digits than the type, before or behind the point
     */
    static BigDecimal fitting(DecimalType type, BigDecimal value) {
        // Looked at before anything is computed, as 1E1000000 has a million digits at any scale.
        long digitsBeforePoint = (long) value.precision() - value.scale();
        if (value.signum() != 0 && digitsBeforePoint > type.precision() - type.scale()) {
            throw misfit(type, value);
        }
        BigDecimal scaled;
        try {
            scaled = value.signum() == 0
                    ? BigDecimal.ZERO.setScale(type.scale())
                    : value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw misfit(type, value);
        }
        return scaled;
    }

    private static IllegalValueException misfit(DecimalType type, BigDecimal value) {
        return new IllegalValueException(ErrorText.shortened(value.toString()) + " doesn't fit in the type " + type
                + ", which has " + (type.precision() - type.scale()) + " digits before and " + type.scale()
                + " behind the point");
    }
}
