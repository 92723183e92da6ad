package dev.dynamirror.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to run a database on a directory.
 *
 * <p>DynamoDB Local itself does not ask: two of them on one directory both start and write into one file. The lock is
 * the operating system's, so it is gone when its process is, and the file says which process that was.
 */
final class DirectoryLock {

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path given) {
        Path directory = given.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("dynamirror.lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new LocalDynamoDbException(
                        "directory %s is in use by the DynamoDB Local of process %s: stop that one, or name another directory"
                                .formatted(directory, holder));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(directory, channel);
        } catch (IOException e) {
            throw new LocalDynamoDbException(
                    "directory %s can't be used for DynamoDB Local: %s".formatted(directory, e), e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
