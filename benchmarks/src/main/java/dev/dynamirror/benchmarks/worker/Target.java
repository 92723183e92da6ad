package dev.dynamirror.benchmarks.worker;

import java.net.URI;

/**
 * What a contender is to do.
 *
 * @param endpoint where it writes to
 * @param rows which rows it writes
 */
public record Target(URI endpoint, RowSize rows) {

    /** The table that everybody writes to. */
    public static final String TABLE = "bench";

    /** The region that it is said to be in. */
    public static final String REGION = "eu-central-1";

    /** How many changes a request has. */
    public static final int BATCH = 25;
}
