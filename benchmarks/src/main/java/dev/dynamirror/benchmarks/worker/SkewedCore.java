package dev.dynamirror.benchmarks.worker;

/** The skewed changes through dynamirror's core with its default settings. */
final class SkewedCore implements Contender {

    private final SkewedChanges changes = new SkewedChanges();
    private final CoreWriter writer;

    private SkewedCore(CoreWriter writer) {
        this.writer = writer;
    }

    static SkewedCore open(Target target) {
        return new SkewedCore(CoreWriter.open(target));
    }

    /** Writes all changes, however many rows are asked for. */
    @Override
    public void write(long rows) throws InterruptedException {
        for (int i = 0; i < SkewedChanges.COUNT; i++) {
            BenchmarkRow row = RowSize.SMALL.row(changes.key(i));
            if (changes.kind(i) == SkewedChanges.Kind.DELETE) {
                writer.delete(row);
            } else {
                writer.put(row);
            }
        }
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
