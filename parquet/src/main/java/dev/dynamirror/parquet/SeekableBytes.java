package dev.dynamirror.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, which a reader jumps about in. */
public interface SeekableBytes extends Closeable {

    /** The bytes from the position on; reading from it moves the position. */
    InputStream stream();

    /** How many bytes there are in all. */
    long length();

    /** Where the next byte is read, from 0 on. */
    long position() throws IOException;

    /** Sets where the next byte is read. */
    void seek(long position) throws IOException;
}
