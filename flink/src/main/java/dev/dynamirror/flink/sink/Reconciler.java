package dev.dynamirror.flink.sink;

import dev.dynamirror.item.BadRowException;
import dev.dynamirror.reconcile.Content;
import dev.dynamirror.reconcile.DifferenceTotals;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.Environment;
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
 */
final class Reconciler extends ComparingOperator<Either<RowData, byte[]>> {

    private static final long serialVersionUID = 1L;

    private final String gate;
    private transient @Nullable DifferenceFile puts;
    private transient @Nullable DifferenceFile deletes;
    private transient Counter itemsEqual;

    /**
     * A reconciler of a mirror.
     *
     * @param gate the stable id of the mirror's gate
     */
    @SuppressWarnings("NullAway.Init") // by open, in the task
    Reconciler(MirrorPlan plan, String gate) {
        super(plan);
        this.gate = gate;
    }

    @Override
    public void open() throws Exception {
        super.open();
        itemsEqual = getMetricGroup().addGroup("mirror", plan.settings().name()).counter("itemsEqual");
        if (coordinator().ask(new PreparationCoordinator.IsTableCompared()) == PreparationCoordinator.Answer.COMPARE) {
            beginComparing();
            Path folder = getContainingTask()
                    .getEnvironment()
                    .getIOManager()
                    .getSpillingDirectories()[0]
                    .toPath();
            puts = DifferenceFile.in(folder);
            deletes = DifferenceFile.in(folder);
        }
    }

    @Override
    public void processElement1(StreamRecord<RowData> element) throws Exception {
        if (puts == null) {
            output.collect(new StreamRecord<>(Either.Left(element.getValue())));
        } else {
            super.processElement1(element);
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
        Environment environment = getContainingTask().getEnvironment();
        coordinator()
                .ask(new ReconcileReport(
                        environment.getTaskInfo().getIndexOfThisSubtask(),
                        environment.getTaskInfo().getNumberOfParallelSubtasks(),
                        totals));
        // What a row that has another key now was before is deleted after it is there.
        Objects.requireNonNull(puts).forEach(row -> output.collect(new StreamRecord<>(Either.Left(deserialized(row)))));
        Objects.requireNonNull(deletes).forEach(item -> output.collect(new StreamRecord<>(Either.Right(item))));
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(super::close, puts, deletes);
    }

    private CoordinatorClient coordinator() {
        return new CoordinatorClient(getContainingTask().getEnvironment(), CoordinatorClient.gate(gate));
    }
}
