package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WriteBudgetTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = 7 * SECOND;

    @Test
    void withoutABoundEverythingMayBeSent() {
        WriteBudget budget = new WriteBudget(null, START);
        assertThat(budget.isUnbounded()).isTrue();
        budget.reserve(1e12, START);
        assertThat(budget.sendable(START)).isEqualTo(Long.MAX_VALUE);
        assertThat(budget.sendableAt(1_000, START)).isEqualTo(START);
    }

    @Test
    void savesUpAThirdOfASecond() {
        WriteBudget budget = new WriteBudget(100.0, START);
        assertThat(budget.isUnbounded()).isFalse();
        assertThat(budget.sendable(START)).isEqualTo(35);
        assertThat(budget.sendable(START + 10 * SECOND)).isEqualTo(35);
    }

    @Test
    void fillsAtItsRate() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(35, START);
        assertThat(budget.sendable(START)).isZero();
        assertThat(budget.sendableAt(10, START)).isEqualTo(START + SECOND / 10);
        assertThat(budget.sendable(START + SECOND / 10)).isEqualTo(10);
        assertThat(budget.sendableAt(10, START + SECOND / 10)).isEqualTo(START + SECOND / 10);
    }

    @Test
    void whatIsMoreThanCanBeSavedUpMayBeSentWhenTheBucketIsHalfFull() {
        WriteBudget budget = new WriteBudget(100.0, START);
        assertThat(budget.sendableAt(400, START)).isEqualTo(START);
        budget.reserve(400, START);
        // 365 owed, and half of 35 to be saved up.
        assertThat(budget.sendableAt(400, START)).isEqualTo(START + 3_825 * SECOND / 1000);
        assertThat(budget.sendable(START + 3 * SECOND)).isNotPositive();
    }

    @Test
    void evenTheSmallestBudgetHoldsAUnit() {
        WriteBudget budget = new WriteBudget(0.5, START);
        assertThat(budget.sendable(START)).isEqualTo(1);
        budget.reserve(1, START);
        assertThat(budget.sendableAt(1, START)).isEqualTo(START + 2 * SECOND);
    }

    @Test
    void whatWasNotAppliedIsGivenBack() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(20, START);
        budget.giveBack(20);
        assertThat(budget.sendable(START)).isEqualTo(35);
    }

    @Test
    void whatIsGivenBackIsNotSavedUp() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(20, START);
        assertThat(budget.sendable(START + SECOND)).isEqualTo(35);
        budget.giveBack(20);
        assertThat(budget.sendable(START + SECOND)).isEqualTo(35);
    }

    @Test
    void isSetRightByWhatARequestDidCost() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(20, START);
        budget.settle(20, 20, 35);
        assertThat(budget.sendable(START)).isZero();
        WriteBudget cheaper = new WriteBudget(100.0, START);
        cheaper.reserve(20, START);
        cheaper.settle(20, 20, 10);
        assertThat(cheaper.estimate(100)).isEqualTo(95);
        assertThat(cheaper.sendable(START)).isEqualTo((long) (25 / 0.95));
    }

    @Test
    void whereDynamoDbDoesNotSayWhatItCostTheEstimateStands() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(20, START);
        // Half of the changes came back unprocessed.
        budget.settle(20, 10, Double.NaN);
        assertThat(budget.sendable(START)).isEqualTo(25);
        assertThat(budget.estimate(10)).isEqualTo(10);
    }

    @Test
    void nothingIsLearntFromARequestOfWhichNothingWasApplied() {
        WriteBudget budget = new WriteBudget(100.0, START);
        budget.reserve(20, START);
        budget.settle(20, 0, 0);
        assertThat(budget.sendable(START)).isEqualTo(35);
        assertThat(budget.estimate(10)).isEqualTo(10);
    }

    @Test
    void learnsThatEachWriteCostsThreeTimes() {
        WriteBudget budget = new WriteBudget(1000.0, START);
        for (int i = 0; i < 60; i++) {
            budget.settle(budget.estimate(25), 25, 75);
        }
        assertThat(budget.estimate(100)).isBetween(295.0, 300.0);
    }

    @Test
    void unitsAreOfAKibibyteEach() {
        assertThat(WriteBudget.unitsOnWire(1)).isEqualTo(1);
        assertThat(WriteBudget.unitsOnWire(1024)).isEqualTo(1);
        assertThat(WriteBudget.unitsOnWire(1025)).isEqualTo(2);
        assertThat(WriteBudget.unitsOnWire(400 * 1024)).isEqualTo(400);
    }

    /** Whatever requests cost and however late their replies come, what is over is paid back. */
    @Test
    void overTenSecondsNoMoreIsConsumedThanTheRateAndWhatIsSavedUp() {
        SplittableRandom random = new SplittableRandom(20_261_122);
        WriteBudget budget = new WriteBudget(1000.0, START);
        double consumed = 0;
        double costliest = 0;
        long now = START;
        while (now - START < 10 * SECOND) {
            long wanted = random.nextLong(1, 101);
            long at = budget.sendableAt(wanted, now);
            assertThat(at - now).isNotNegative();
            now = at;
            double estimate = budget.estimate(wanted);
            budget.reserve(estimate, now);
            double cost = wanted * random.nextDouble(0.5, 3);
            now += random.nextLong(SECOND / 100);
            budget.settle(estimate, wanted, cost);
            consumed += cost;
            costliest = Math.max(costliest, cost);
        }
        assertThat(consumed).isBetween(9_500.0, 10_350.0 + costliest + 1000.0 / 100);
    }
}
