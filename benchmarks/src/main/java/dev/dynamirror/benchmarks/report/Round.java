package dev.dynamirror.benchmarks.report;

/**
 * What one contender did in one round.
 *
 * @param section the part of the benchmark
 * @param setting what the section varies: {@code 5 ms}, {@code large}, {@code 1000000}, …
 * @param number the round's number in its section and setting, counted from 1: contenders of one round ran one after the other
 * @param contender who it was
 * @param rows how many rows it was given
 * @param seconds how long that took
 * @param cpuSeconds what its process used of all cores meanwhile
 * @param allocatedBytes what its threads allocated on the heap meanwhile
 * @param peakMemoryBytes the most memory that its process had had by then
 * @param requests how many requests reached the server
 * @param written how many items the server wrote
 */
public record Round(
        String section,
        String setting,
        int number,
        String contender,
        long rows,
        double seconds,
        double cpuSeconds,
        double allocatedBytes,
        long peakMemoryBytes,
        long requests,
        long written) {

    /** Rows per second on the wall. */
    public double rowsPerSecond() {
        return rows / seconds;
    }

    /** Microseconds of CPU for each row. */
    public double cpuMicrosPerRow() {
        return cpuSeconds * 1e6 / rows;
    }

    /** Bytes allocated on the heap for each row. */
    public double allocatedBytesPerRow() {
        return allocatedBytes / rows;
    }

    /** Items written for each row that was given. */
    public double writtenPerRow() {
        return (double) written / rows;
    }
}
