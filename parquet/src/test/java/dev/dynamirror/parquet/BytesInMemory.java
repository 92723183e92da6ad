package dev.dynamirror.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A file's bytes in memory. */
class BytesInMemory extends ByteArrayInputStream implements SeekableBytes {

    private boolean closed;

    BytesInMemory(byte[] bytes) {
        super(bytes);
    }

    /** The bytes of a file that is kept beside the tests; README.md there says who wrote it. */
    static byte[] ofResource(String name) {
        try (InputStream file = Objects.requireNonNull(BytesInMemory.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public long length() {
        return count;
    }

    @Override
    public long position() {
        return pos;
    }

    @Override
    public void seek(long to) throws IOException {
        pos = (int) to;
    }

    @Override
    public void close() {
        closed = true;
    }
}
