package dev.dynamirror.testkit.faulty;

import java.math.BigDecimal;
import java.math.BigInteger;

/** DynamoDB's numbers: which there are, how they are written, and how big they are. */
final class Numbers {

    private static final int MOST_DIGITS = 38;
    private static final int GREATEST_EXPONENT = 125;
    private static final int LEAST_EXPONENT = -130;
    private static final int LONGEST_SIMPLE = 18;
    private static final int LARGEST_SIZE = 21;

    private Numbers() {}

    /** The one text of the number that this text means. */
    static String canonical(String text) {
        return isCanonicalInteger(text) ? text : parse(text).toPlainString();
    }

    /** The number without trailing zeros, so that equal numbers are equal. */
    static BigDecimal parse(String text) {
        if (isCanonicalInteger(text)) {
            return stripped(BigDecimal.valueOf(Long.parseLong(text)));
        }
        BigDecimal number;
        try {
            number = stripped(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw Refusal.invalid("The parameter cannot be converted to a numeric value: " + text);
        }
        if (number.precision() > MOST_DIGITS) {
            throw Refusal.invalid("Attempting to store more than 38 significant digits in a Number");
        }
        if (number.signum() != 0) {
            long exponent = (long) number.precision() - number.scale() - 1;
            if (exponent > GREATEST_EXPONENT) {
                throw Refusal.invalid("Number overflow. Attempting to store a number with magnitude larger than"
                        + " supported range");
            }
            if (exponent < LEAST_EXPONENT) {
                throw Refusal.invalid("Number underflow. Attempting to store a number with magnitude smaller than"
                        + " supported range");
            }
        }
        return number;
    }

    /** A byte for two digits, counted from the point, one more, and one for the sign. */
    static int size(String canonical) {
        if (canonical.equals("0")) {
            return 1;
        }
        BigDecimal number = stripped(new BigDecimal(canonical));
        int digits = number.precision();
        if (Math.floorMod(number.scale(), 2) != 0) {
            digits++;
        }
        return Math.min((digits + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0), LARGEST_SIZE);
    }

    private static BigDecimal stripped(BigDecimal number) {
        return number.signum() == 0 ? new BigDecimal(BigInteger.ZERO) : number.stripTrailingZeros();
    }

    private static boolean isCanonicalInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits < 1 || digits > LONGEST_SIMPLE || (text.charAt(start) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
