package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What {@code write} mirrors: files, or standard input, which is kept in a file of its own until this is
 * closed, as it has to be read twice, for its columns and for its rows.
 */
final class Input implements AutoCloseable {

    private final FileInput files;
    private final @Nullable Path temporary;

    private Input(FileInput files, @Nullable Path temporary) {
        this.files = files;
        this.temporary = temporary;
    }

    static Input files(List<String> inputs, FileFormat format) {
        return new Input(FileInput.of(inputs, format), null);
    }

    /**
     * Reads all of the stream, or until the thread is interrupted.
     *
     * @throws MirrorException if the stream can't be read or what it has can't be kept
     */
    static Input stream(InputStream stream, FileFormat format) throws InterruptedException {
        Path file = temporaryFile(format);
        try {
            // By another thread, as nothing can interrupt one that waits for input.
            FutureTask<Long> copy = new FutureTask<>(() -> {
                try (var out = Files.newOutputStream(file)) {
                    return stream.transferTo(out);
                }
            });
            Thread thread = new Thread(copy, "dynamirror-input");
            thread.setDaemon(true);
            thread.start();
            copy.get();
            return new Input(FileInput.of(file, format).named("standard input"), file);
        } catch (ExecutionException e) {
            delete(file);
            throw new MirrorException("standard input can't be copied to " + file + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            delete(file);
            throw e;
        }
    }

    private static Path temporaryFile(FileFormat format) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return Files.createTempFile(folder, "dynamirror-input-", "." + format);
        } catch (IOException e) {
            throw new MirrorException(
                    "no temporary file for standard input can be made in the folder " + folder + ": " + e, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new MirrorException("the temporary file " + file + " can't be deleted: " + e, e);
        }
    }

    FileInput files() {
        return files;
    }

    @Override
    public void close() {
        if (temporary != null) {
            delete(temporary);
        }
    }
}
