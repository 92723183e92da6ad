package dev.dynamirror.value;

/**
 * An exact decimal, a {@link java.math.BigDecimal}, stored as N in plain text.
 *
 * @param precision how many digits a value has at most, at least 1; DynamoDB stores 38
 * @param scale how many of them stand behind the point, from 0 to the precision
 */
public record DecimalType(int precision, int scale) implements LiveType {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the precision is less than 1, or the scale is not from 0 to the precision
     */
    public DecimalType {
        if (precision < 1 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + ", " + scale
                    + ") is no type; expected a precision of at least 1, and a scale from 0 to the precision");
        }
    }

    @Override
    public <R> R accept(LiveTypeVisitor<R> visitor) {
        return visitor.decimal(this);
    }

    @Override
    public String toString() {
        return "decimal(" + precision + ", " + scale + ")";
    }
}
