package dev.dynamirror.read;

import dev.dynamirror.value.DecimalType;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.ScalarType;
import java.math.BigDecimal;

/**
 * What was seen of numbers.
 *
 * @param integers whether all of them are integers of 64 bits
 * @param before how many digits one has at most before the point, leading zeros not counted
 * @param behind how many digits one has at most behind the point, trailing zeros not counted
 */
record SeenNumbers(boolean integers, int before, int behind) implements SeenValues.Seen {

    /** As many digits as a number in DynamoDB has at most. */
    private static final int MOST_DIGITS = 38;

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    static SeenNumbers of(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        return new SeenNumbers(
                number.scale() <= 0 && number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0,
                number.signum() == 0 ? 0 : Math.max(0, number.precision() - number.scale()),
                Math.max(0, number.scale()));
    }

    @Override
    public SeenNumbers and(SeenValues.Seen other) {
        SeenNumbers that = (SeenNumbers) other;
        return new SeenNumbers(integers && that.integers, Math.max(before, that.before), Math.max(behind, that.behind));
    }

    @Override
    public LiveType type() {
        if (integers) {
            return ScalarType.INT;
        }
        return before + behind <= MOST_DIGITS ? new DecimalType(before + behind, behind) : ScalarType.FLOAT;
    }
}
