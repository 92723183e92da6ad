package dev.dynamirror.item;

import java.math.BigDecimal;
import java.math.MathContext;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.DoubleToDecimal;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.FloatToDecimal;

/** DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99…E+125, and zero. */
final class Numbers {

    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    private Numbers() {}

    /**
     * The shortest digits that round-trip, without an exponent: {@code 1.0} is {@code 1}, {@code -0.0} is {@code -0}.
     *
     * @throws IllegalValueException if the value is no number, infinite, or out of range
     */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalValueException(value + " is no number that DynamoDB can store; filter or replace it");
        }
        // JDK 17's own Double.toString gives more digits than needed for some values.
        return plain(DoubleToDecimal.toString(value));
    }

    /** The same for a float, by its own shortest digits: {@code 0.1f} is {@code 0.1}. */
    static String plain(float value) {
        return Float.isFinite(value) ? plain(FloatToDecimal.toString(value)) : plain((double) value);
    }

    private static String plain(String digits) {
        if (digits.indexOf('E') >= 0) {
            return checked(new BigDecimal(digits)).stripTrailingZeros().toPlainString();
        }
        return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    }

    /**
     * The number itself, if DynamoDB can store it.
     *
     * @throws IllegalValueException if it can't
     */
    static BigDecimal checked(BigDecimal value) {
        if (value.signum() == 0) {
            return value;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() > MAX_DIGITS) {
            throw new IllegalValueException(shortened(stripped) + " has " + stripped.precision()
                    + " significant digits, and DynamoDB keeps at most " + MAX_DIGITS);
        }
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent > MAX_EXPONENT) {
            throw new IllegalValueException(
                    shortened(stripped) + " is out of DynamoDB's number range (at most 9.99…E+125)");
        }
        if (exponent < MIN_EXPONENT) {
            throw new IllegalValueException(
                    shortened(stripped) + " is out of DynamoDB's number range (at least 1E-130, or 0)");
        }
        return value;
    }

    /** The one text of a number's value: no exponent, no trailing zero of a fraction, no negative zero. */
    static String canonical(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** About one byte for two significant digits and one more, and one for a sign; 21 at most. */
    static int size(String plain) {
        BigDecimal value = new BigDecimal(plain).stripTrailingZeros();
        int digits = value.signum() == 0 ? 0 : value.precision();
        return Math.min(21, (digits + 1) / 2 + 1 + (value.signum() < 0 ? 1 : 0));
    }

    private static String shortened(BigDecimal value) {
        return value.precision() > 20 ? value.round(new MathContext(20)) + "…" : value.toString();
    }
}
