package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.MaxDeletes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The reports of a mirror's reconcilers, put together: none of them writes anything before all have reported. */
final class Reconciliation {

    private final String tableName;
    private final MaxDeletes maxDeletes;
    private final Map<Integer, DifferenceTotals> reports = new HashMap<>();

    Reconciliation(String tableName, MaxDeletes maxDeletes) {
        this.tableName = tableName;
        this.maxDeletes = maxDeletes;
    }

    /**
     * Takes a report, which may come several times.
     *
     * @return the totals of all, if this was the last one to come; then the table may be changed
     * @throws MirrorException if more items would be deleted than may be
     */
    Optional<DifferenceTotals> take(ReconcileReport report) {
        reports.put(report.reconciler(), report.totals());
        if (reports.size() < report.reconcilers()) {
            return Optional.empty();
        }
        DifferenceTotals totals = reports.values().stream().reduce(DifferenceTotals.NONE, DifferenceTotals::plus);
        maxDeletes.check(tableName, totals);
        return Optional.of(totals);
    }

    /** Forgets all reports, as the reconcilers begin again. */
    void restart() {
        reports.clear();
    }
}
