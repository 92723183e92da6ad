package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.FSDataOutputStream;

/** An open file of bad rows. */
final class BadRowFile implements AutoCloseable {

    private final BadRowFolder folder;
    private final FSDataOutputStream out;

    BadRowFile(BadRowFolder folder, FSDataOutputStream out) {
        this.folder = folder;
        this.out = out;
    }

    /**
     * Adds a line.
     *
     * @throws MirrorException if it can't be written
     */
    void add(String line) {
        try {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }

    /**
     * Completes the file.
     *
     * @throws MirrorException if it can't be written
     */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw folder.failure(e);
        }
    }
}
