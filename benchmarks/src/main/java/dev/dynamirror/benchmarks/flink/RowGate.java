package dev.dynamirror.benchmarks.flink;

import java.util.concurrent.CompletableFuture;

/** How many rows the job inside this JVM may read, and has read. */
final class RowGate {

    /** The one that the job's source looks at. */
    static final RowGate OF_THIS_JVM = new RowGate();

    private volatile long granted;
    private volatile long read;
    private CompletableFuture<Void> more = new CompletableFuture<>();

    private RowGate() {}

    /** Lets the source go on to that row. */
    synchronized void grantUpTo(long row) {
        granted = row;
        more.complete(null);
    }

    long granted() {
        return granted;
    }

    /** Completed once more than that many rows are granted. */
    synchronized CompletableFuture<Void> moreThan(long rows) {
        if (granted > rows) {
            return CompletableFuture.completedFuture(null);
        }
        if (more.isDone()) {
            more = new CompletableFuture<>();
        }
        return more;
    }

    /** The source has given all rows before that one. */
    void noteRead(long rows) {
        read = rows;
    }

    long read() {
        return read;
    }
}
