package dev.dynamirror.flink.sink;

import dev.dynamirror.item.BadRowException;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.reconcile.Content;
import dev.dynamirror.reconcile.Difference;
import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.Verification;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Gives each difference as a line of JSON, and has a {@link VerificationAccumulator} tell what was found. */
final class Verifier extends ComparingOperator<String> {

    private static final int INPUTS = 2;

    private final List<Difference> firstDifferences = new ArrayList<>();
    private long rowsSetAside;

    Verifier(StreamOperatorParameters<String> parameters, MirrorPlan plan) {
        super(parameters, plan, INPUTS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        beginComparing();
    }

    @Override
    void compared(byte @Nullable [] row, @Nullable Content expected, @Nullable Content found) {
        Difference difference = comparison().difference(expected, found);
        if (difference == null) {
            return;
        }
        if (firstDifferences.size() < Verification.MOST_DIFFERENCES) {
            firstDifferences.add(difference);
        }
        output.collect(new StreamRecord<>(difference.json()));
    }

    @Override
    void unstorable(byte[] row, BadRowException reason) {
        if (plan.settings().rows().onBadRow() == OnBadRow.FAIL) {
            throw RefusedRows.failure(String.valueOf(reason.getMessage()), reason);
        }
        rowsSetAside++;
    }

    @Override
    void finish(DifferenceTotals totals) {
        VerificationAccumulator.add(getRuntimeContext(), new Verification(totals, firstDifferences, rowsSetAside));
    }
}
