package dev.dynamirror.item;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.thirdparty.jackson.core.io.NumberOutput;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.DoubleToDecimal;
import software.amazon.awssdk.thirdparty.jackson.core.io.schubfach.FloatToDecimal;

/** DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99…E+125, and zero. */
final class Numbers {

    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;
    private static final double MIN_MAGNITUDE = 1E-130;
    private static final double TOO_LARGE_MAGNITUDE = 1E126;
    private static final int MOST_PLAIN_DIGITS = 10_000;
    private static final int NANO_DIGITS = 9;
    private static final int MAX_BYTES = 21;

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
        return Float.isFinite(value) ? plain(shortest(value)) : plain((double) value);
    }

    /** The shortest digits of a float, with an exponent perhaps; JDK 17's own Float.toString gives more for some. */
    static String shortest(float value) {
        return FloatToDecimal.toString(value);
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
        problem(value).ifPresent(problem -> {
            throw new IllegalValueException(problem);
        });
        return value;
    }

    /** Why DynamoDB can't store the number, if it can't. */
    private static Optional<String> problem(BigDecimal value) {
        // The common case, without anything computed.
        if (value.scale() >= 0 && value.scale() <= MAX_DIGITS && value.precision() <= MAX_DIGITS) {
            return Optional.empty();
        }
        if (value.signum() == 0) {
            return Optional.empty();
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() > MAX_DIGITS) {
            return Optional.of(shortened(stripped) + " has " + stripped.precision()
                    + " significant digits, and DynamoDB keeps at most " + MAX_DIGITS);
        }
        long exponent = (long) stripped.precision() - stripped.scale() - 1;
        if (exponent > MAX_EXPONENT) {
            return Optional.of(shortened(stripped) + " is out of DynamoDB's number range (at most 9.99…E+125)");
        }
        if (exponent < MIN_EXPONENT) {
            return Optional.of(shortened(stripped) + " is out of DynamoDB's number range (at least 1E-130, or 0)");
        }
        return Optional.empty();
    }

    /** Whether DynamoDB can store that double as a number. */
    static boolean isStorable(double value) {
        double magnitude = Math.abs(value);
        return magnitude == 0 || (magnitude >= MIN_MAGNITUDE && magnitude < TOO_LARGE_MAGNITUDE);
    }

    /** Whether DynamoDB can store that decimal as a number. */
    static boolean isStorable(BigDecimal value) {
        return problem(value).isEmpty();
    }

    /** The digits of a double without an exponent, also of one that DynamoDB can't store; {@code NaN}, {@code Infinity}. */
    static String anyPlain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(DoubleToDecimal.toString(value))
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(value);
    }

    /** The digits of a decimal without an exponent, unless there would be thousands of zeros. */
    static String anyPlain(BigDecimal value) {
        return Math.abs((long) value.scale()) > MOST_PLAIN_DIGITS ? value.toString() : value.toPlainString();
    }

    /**
     * A decimal without an exponent.
     *
     * @throws IllegalValueException if DynamoDB can't store it
     */
    static String plain(BigDecimal value) {
        checked(value);
        return value.scale() >= 0 && value.scale() <= MAX_DIGITS ? value.toPlainString() : canonical(value);
    }

    /** An integer's digits. */
    static byte[] ascii(long value) {
        int length = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        byte[] text = new byte[length];
        NumberOutput.outputLong(value, text, 0);
        return text;
    }

    /** A duration in nanoseconds. */
    static String nanoseconds(Duration value) {
        return BigDecimal.valueOf(value.getSeconds())
                .scaleByPowerOfTen(NANO_DIGITS)
                .add(BigDecimal.valueOf(value.getNano()))
                .toPlainString();
    }

    /** The one text of a number's value: no exponent, no trailing zero of a fraction, no negative zero. */
    static String canonical(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * How many bytes a number takes: 1, one more if it is negative, and one for each pair of digits from that of the first
     * digit to that of the last which is not 0; 21 at most.
     *
     * <p>The pairs are counted from the point: {@code 12} and {@code 1200} have one, {@code 120} and {@code 1.2} have two.
     * Zero has none.
     */
    static int size(String plain) {
        BigDecimal value = new BigDecimal(plain).stripTrailingZeros();
        if (value.signum() == 0) {
            return 1;
        }
        int firstPlace = value.precision() - value.scale() - 1;
        int lastPlace = -value.scale();
        int pairs = Math.floorDiv(firstPlace, 2) - Math.floorDiv(lastPlace, 2) + 1;
        return Math.min(MAX_BYTES, 1 + pairs + (value.signum() < 0 ? 1 : 0));
    }

    /**
     * The text itself, if it is a number that DynamoDB can't store.
     *
     * @param mostCharacters how long the text of such a number can be; longer ones would take minutes to compute with
     * @throws IllegalArgumentException if DynamoDB can store the number, or the text is none or longer
     */
    static String unstorable(String text, long mostCharacters) {
        if (text.length() > mostCharacters) {
            throw new NumberFormatException("too long");
        }
        if (isStorable(new BigDecimal(text))) {
            throw new IllegalArgumentException("DynamoDB can store it as a number (N)");
        }
        return text;
    }

    private static String shortened(BigDecimal value) {
        return value.precision() > 20 ? value.round(new MathContext(20)) + "…" : value.toString();
    }
}
