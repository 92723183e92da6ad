package dev.dynamirror.parquet;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file's bytes as Parquet's reader wants them; opened once. */
final class ParquetInput implements InputFile {

    private final SeekableBytes bytes;

    ParquetInput(SeekableBytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public long getLength() {
        return bytes.length();
    }

    @Override
    public SeekableInputStream newStream() {
        return new DelegatingSeekableInputStream(bytes.stream()) {
            @Override
            public long getPos() throws IOException {
                return bytes.position();
            }

            @Override
            public void seek(long position) throws IOException {
                bytes.seek(position);
            }

            @Override
            public void close() throws IOException {
                bytes.close();
            }
        };
    }

    /** What the reader's errors call it. */
    @Override
    public String toString() {
        return "it";
    }
}
