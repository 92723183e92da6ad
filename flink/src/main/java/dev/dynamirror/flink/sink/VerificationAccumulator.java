package dev.dynamirror.flink.sink;

import dev.dynamirror.reconcile.Verification;
import java.io.Serial;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What the tasks of a comparison have found, put together by Flink when the job ends. */
public final class VerificationAccumulator implements Accumulator<Verification, Verification> {

    /** Under which name the job's result has it. */
    public static final String NAME = "dynamirror-verification";

    @Serial
    private static final long serialVersionUID = 1L;

    private Verification found = Verification.NONE;

    /** Adds what a task has found. */
    static void add(RuntimeContext task, Verification found) {
        Accumulator<Verification, Verification> known = task.getAccumulator(NAME);
        if (known == null) {
            known = new VerificationAccumulator();
            task.addAccumulator(NAME, known);
        }
        known.add(found);
    }

    @Override
    public void add(Verification more) {
        found = found.plus(more);
    }

    @Override
    public Verification getLocalValue() {
        return found;
    }

    @Override
    public void resetLocal() {
        found = Verification.NONE;
    }

    @Override
    public void merge(Accumulator<Verification, Verification> other) {
        add(other.getLocalValue());
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // what it holds is never changed
    public Accumulator<Verification, Verification> clone() {
        VerificationAccumulator copy = new VerificationAccumulator();
        copy.found = found;
        return copy;
    }
}
