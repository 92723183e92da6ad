package dev.dynamirror.flink.sink;

import dev.dynamirror.reconcile.DifferenceTotals;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;

/**
 * What one reconciler of a mirror has found, told to the mirror's coordinator when all of its rows and items are compared.
 *
 * @param reconciler which one it is, from 0
 * @param reconcilers how many there are
 * @param totals what it has found
 */
record ReconcileReport(int reconciler, int reconcilers, DifferenceTotals totals) implements CoordinationRequest {}
