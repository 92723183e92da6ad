package dev.dynamirror.flink.sink;

import dev.dynamirror.item.BadRowException;
import dev.dynamirror.reconcile.Content;
import dev.dynamirror.reconcile.DifferenceTotals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Either;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Gives what has to be written so that a table equals its live table: rows whose items are missing or different, then the
 * contents of items that have no row.
 *
 * <p>All reconcilers of a mirror wait for each other before they give anything, as only all together know how many items would
 * be deleted. In a job that goes on from a checkpoint the table was reconciled before, and all rows are given as they come.
 *
 * <p>Changes that follow the rows are given behind all that. No checkpoint comes between: until the reconcilers have reported
 * the gate is closed, and what they give then they give at one go.
 */
final class Reconciler extends ComparingOperator<Either<RowData, byte[]>> {

    private static final int CHANGES_INPUT = 3;

    private final CoordinatorClient coordinator;
    private final Counter itemsEqual;
    private final boolean hasChanges;
    private @Nullable DifferenceFile puts;
    private @Nullable DifferenceFile deletes;
    private @Nullable DifferenceFile changes;

    /**
     * A reconciler of a mirror.
     *
     * @param gate the stable id of the mirror's gate
     * @param hasChanges whether changes follow the rows
     */
    Reconciler(
            StreamOperatorParameters<Either<RowData, byte[]>> parameters,
            MirrorPlan plan,
            String gate,
            boolean hasChanges) {
        super(parameters, plan, hasChanges ? CHANGES_INPUT : ITEMS_INPUT);
        this.hasChanges = hasChanges;
        coordinator = new CoordinatorClient(task.getEnvironment(), CoordinatorClient.gate(gate));
        itemsEqual = getMetricGroup()
                .addGroup(MirrorMetrics.GROUP, plan.settings().name())
                .counter("itemsEqual");
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public List<Input> getInputs() {
        List<Input> inputs = new ArrayList<>(super.getInputs());
        if (hasChanges) {
            inputs.add(new OperatorInput<RowData>(this, CHANGES_INPUT, this::takeChange));
        }
        return inputs;
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (coordinator.ask(new PreparationCoordinator.IsTableCompared()) == PreparationCoordinator.Answer.COMPARE) {
            beginComparing();
            Path folder = task.getEnvironment()
                    .getIOManager()
                    .getSpillingDirectories()[0]
                    .toPath();
            puts = DifferenceFile.in(folder);
            deletes = DifferenceFile.in(folder);
            changes = DifferenceFile.in(folder);
        }
    }

    @Override
    void takeRow(RowData row) throws Exception {
        if (puts == null) {
            give(row);
        } else {
            super.takeRow(row);
        }
    }

    /** Takes a change that comes behind all rows: kept until they are compared. */
    private void takeChange(RowData change) throws Exception {
        if (changes == null) {
            give(change);
        } else {
            changes.add(serialized(change));
        }
    }

    @Override
    void compared(byte @Nullable [] row, @Nullable Content expected, @Nullable Content found) throws Exception {
        if (expected == null) {
            Objects.requireNonNull(deletes).add(Objects.requireNonNull(found).json());
        } else if (comparison().difference(expected, found) == null) {
            itemsEqual.inc();
        } else {
            Objects.requireNonNull(puts).add(Objects.requireNonNull(row));
        }
    }

    /** The writer finds what is wrong with it, and does with it what is done with such rows. */
    @Override
    void unstorable(byte[] row, BadRowException reason) throws Exception {
        Objects.requireNonNull(puts).add(row);
    }

    @Override
    void finish(DifferenceTotals totals) throws Exception {
        TaskInfo self = task.getEnvironment().getTaskInfo();
        coordinator.ask(new ReconcileReport(self.getIndexOfThisSubtask(), self.getNumberOfParallelSubtasks(), totals));
        // What a row that has another key now was before is deleted after it is there.
        Objects.requireNonNull(puts).forEach(row -> give(deserialized(row)));
        Objects.requireNonNull(deletes).forEach(item -> output.collect(new StreamRecord<>(Either.Right(item))));
        Objects.requireNonNull(changes).forEach(change -> give(deserialized(change)));
        release();
    }

    private void give(RowData row) {
        output.collect(new StreamRecord<>(Either.Left(row)));
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(super::close, this::release);
    }

    private void release() throws Exception {
        IOUtils.closeAll(puts, deletes, changes);
        puts = null;
        deletes = null;
        changes = null;
    }
}
