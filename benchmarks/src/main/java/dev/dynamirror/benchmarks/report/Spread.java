package dev.dynamirror.benchmarks.report;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The median of some values, and the least and the greatest of them.
 *
 * @param median the one in the middle, or the mean of the two there
 * @param least the least
 * @param greatest the greatest
 */
public record Spread(double median, double least, double greatest) {

    /**
     * The spread of these values.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values have no median");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Median and range: {@code 1.50 (1.20 to 1.70)}. */
    String text(int digits) {
        return number(median, digits) + " (" + number(least, digits) + " to " + number(greatest, digits) + ")";
    }

    /** A number with so many digits behind the point, and commas between thousands. */
    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
