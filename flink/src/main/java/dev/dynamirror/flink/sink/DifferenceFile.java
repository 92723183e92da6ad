package dev.dynamirror.flink.sink;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file of byte arrays that are read once, in the order in which they were written. */
final class DifferenceFile implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Path path;
    private final DataOutputStream output;

    private DifferenceFile(Path path, DataOutputStream output) {
        this.path = path;
        this.output = output;
    }

    /** Makes a file in that folder. */
    static DifferenceFile in(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, "dynamirror-differences-", null);
        return new DifferenceFile(
                path, new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER)));
    }

    void add(byte[] bytes) throws IOException {
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    /** Takes what was added. */
    interface Taker {
        void take(byte[] bytes) throws Exception;
    }

    /** Gives everything that was added; nothing can be added any more. */
    void forEach(Taker taker) throws Exception {
        output.close();
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
            while (true) {
                int length;
                try {
                    length = input.readInt();
                } catch (EOFException end) {
                    return;
                }
                taker.take(input.readNBytes(length));
            }
        }
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        output.close();
        Files.deleteIfExists(path);
    }
}
