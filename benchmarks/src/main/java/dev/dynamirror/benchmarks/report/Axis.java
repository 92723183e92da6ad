package dev.dynamirror.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a plot.
 *
 * @param label what is on it, with its unit
 * @param logarithmic whether equal distances are equal factors
 */
record Axis(String label, boolean logarithmic) {

    private static final int LINEAR_STEPS = 5;
    private static final double[] ROUND = {1, 2, 5, 10};

    /** Where a value lies between the ends, which are 0 and 1. */
    double position(double value, double from, double to) {
        return logarithmic
                ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
                : (value - from) / (to - from);
    }

    /** Where an axis begins that shows values down to that one. */
    double start(double least) {
        return logarithmic ? Math.pow(10, Math.floor(Math.log10(least))) : 0;
    }

    /** Where an axis ends that shows values up to that one. */
    double end(double greatest) {
        if (logarithmic) {
            return Math.pow(10, Math.ceil(Math.log10(greatest)));
        }
        double step = step(greatest);
        return Math.ceil(greatest / step) * step;
    }

    /** The values between the ends that are written beside the axis. */
    List<Double> ticks(double from, double to) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = from; tick <= to * 1.001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
        double step = step(to);
        for (int i = 0; i * step <= to * 1.001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A value as it is written beside the axis: {@code 0.5}, {@code 20}, {@code 10 k}, {@code 1 M}. */
    static String text(double value) {
        if (value >= 1e6) {
            return shortest(value / 1e6) + " M";
        }
        return value >= 1e4 ? shortest(value / 1e3) + " k" : shortest(value);
    }

    private static String shortest(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    private static double step(double greatest) {
        double raw = greatest / LINEAR_STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double round : ROUND) {
            if (round * power >= raw * 0.999) {
                return round * power;
            }
        }
        return 10 * power;
    }
}
