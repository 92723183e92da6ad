package dev.dynamirror.benchmarks.worker;

import java.io.IOException;

/** Somebody who writes rows to a table. */
public interface Contender extends AutoCloseable {

    /** Writes the next so many rows; returns when the server has all of them. */
    void write(long rows) throws Exception;

    @Override
    void close() throws IOException;
}
