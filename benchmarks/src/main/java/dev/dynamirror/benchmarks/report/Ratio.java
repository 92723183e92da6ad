package dev.dynamirror.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a figure of one contender compares with that of another, in the same round each.
 *
 * @param section where both ran
 * @param setting the setting of it
 * @param dividend the one contender
 * @param divisor the other
 */
record Ratio(String section, String setting, String dividend, String divisor) {

    /** The spread of the rounds' ratios; null if the two did not run. */
    @Nullable
    Spread of(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] ratios = rounds.stream()
                .filter(round -> isOf(round, dividend))
                .flatMapToDouble(round -> rounds.stream()
                        .filter(other -> isOf(other, divisor) && other.number() == round.number())
                        .mapToDouble(other -> figure.applyAsDouble(round) / figure.applyAsDouble(other)))
                .toArray();
        return ratios.length == 0 ? null : Spread.of(Arrays.stream(ratios));
    }

    private boolean isOf(Round round, String contender) {
        return round.section().equals(section)
                && round.setting().equals(setting)
                && round.contender().equals(contender);
    }
}
