package dev.dynamirror.flink.input;

import dev.dynamirror.parquet.SeekableBytes;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The bytes of a file in one of Flink's file systems.
 *
 * @param bytes the opened file
 * @param length how many bytes it has
 */
record FlinkBytes(FSDataInputStream bytes, long length) implements SeekableBytes {

    /** Opens a file. */
    static FlinkBytes of(Path path) throws IOException {
        FileSystem system = path.getFileSystem();
        long length = system.getFileStatus(path).getLen();
        return new FlinkBytes(system.open(path), length);
    }

    @Override
    public InputStream stream() {
        return bytes;
    }

    @Override
    public long position() throws IOException {
        return bytes.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
        bytes.seek(position);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
