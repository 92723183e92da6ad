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
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        BigDecimal shortest = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
        // Looked at before it is scaled, as 1E1000000 and 1E-1000000 have a million digits at other scales.
        long digitsBeforePoint = (long) shortest.precision() - shortest.scale();
        if (digitsBeforePoint > type.precision() - type.scale() || shortest.scale() > type.scale()) {
            throw misfit(type, value);
        }
        return shortest.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static IllegalValueException misfit(DecimalType type, BigDecimal value) {
        return new IllegalValueException(ErrorText.shortened(value.toString()) + " doesn't fit in the type " + type
                + ", which has " + (type.precision() - type.scale()) + " digits before and " + type.scale()
                + " behind the point");
    }
}
