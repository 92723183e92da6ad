package dev.dynamirror.benchmarks.stub;

/**
 * What a {@link StubServer} has taken since it was started.
 *
 * @param requests how many requests that write
 * @param puts how many items were put, by any kind of request
 * @param deletes how many items were deleted
 * @param bytes how many bytes the bodies of these requests had
 */
public record StubCounts(long requests, long puts, long deletes, long bytes) {

    /** How many items were written in any way. */
    public long items() {
        return puts + deletes;
    }

    /** What was taken since then. */
    public StubCounts since(StubCounts earlier) {
        return new StubCounts(
                requests - earlier.requests, puts - earlier.puts, deletes - earlier.deletes, bytes - earlier.bytes);
    }
}
