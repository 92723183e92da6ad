package dev.dynamirror.benchmarks.report;

import dev.dynamirror.benchmarks.worker.SkewedChanges;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** How many of the skewed changes are written with a given way of merging, which is counted without a server. */
final class MergingModel {

    private MergingModel() {}

    /** What is written of each change if that many are collected and the last one of each key is written. */
    static double batches(SkewedChanges changes, int size) {
        long written = 0;
        Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < SkewedChanges.COUNT; i++) {
            keys.add(changes.key(i));
            if ((i + 1) % size == 0) {
                written += keys.size();
                keys.clear();
            }
        }
        return (double) (written + keys.size()) / SkewedChanges.COUNT;
    }

    /** What is written of each change if that many keys wait, and for one more the one that has waited longest goes. */
    static double window(SkewedChanges changes, int size) {
        long written = 0;
        Set<Integer> waiting = new LinkedHashSet<>();
        for (int i = 0; i < SkewedChanges.COUNT; i++) {
            if (waiting.add(changes.key(i)) && waiting.size() > size) {
                Iterator<Integer> oldest = waiting.iterator();
                oldest.next();
                oldest.remove();
                written++;
            }
        }
        return (double) (written + waiting.size()) / SkewedChanges.COUNT;
    }
}
