package dev.dynamirror.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB Local on this machine: a folder with its jars, its licence, and per JVM an archive of its classes.
 *
 * <p>Amazon's jar is put on the module path, as an automatic module, and its dependencies on the class path: so its
 * manifest's {@code Class-Path}, which has a {@code "."} in it, is not looked at, and the JVM can use a class archive.
 */
record Installation(Path folder) {

    static final String VERSION = "2.6.1";

    private static final String JAR = "DynamoDBLocal-" + VERSION + ".jar";
    private static final String MAIN = "DynamoDBLocal/com.amazonaws.services.dynamodbv2.local.main.ServerRunner";
    private static final Object IN_THIS_JVM = new Object();

    /** Returns what is there, complete, or fetches it. Of several processes that find it missing, one fetches. */
    static Installation findOrFetch(Path cache, String maven, Consumer<String> progress) throws IOException {
        Installation installation = new Installation(cache.resolve("dynamodb-local-" + VERSION));
        if (installation.isComplete()) {
            return installation;
        }
        synchronized (IN_THIS_JVM) {
            Files.createDirectories(cache);
            try (FileChannel channel =
                    FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Closing the channel gives the lock back.
                if (channel.tryLock() == null) {
                    progress.accept("waiting for another process that is fetching or preparing DynamoDB Local");
                    channel.lock();
                }
                if (!Files.exists(installation.jar())) {
                    installation.fetch(maven, progress);
                }
                if (!Files.exists(installation.archiveFile())) {
                    progress.accept("preparing DynamoDB Local for this JVM (once)");
                    ArchiveMaker.make(installation, installation.archiveFile());
                }
            }
        }
        return installation;
    }

    private boolean isComplete() {
        return Files.exists(jar()) && Files.exists(archiveFile());
    }

    private void fetch(String maven, Consumer<String> progress) throws IOException {
        progress.accept(("fetching DynamoDB Local %s with Maven (once), under Amazon's own terms,"
                        + " the Amazon DynamoDB Local License Agreement: %s")
                .formatted(VERSION, folder.resolve("LICENSE.txt")));
        Path workFolder = folder.resolveSibling("fetch");
        Path fresh = MavenFetch.fetch("com.amazonaws", "DynamoDBLocal", VERSION, maven, workFolder);
        try (FileSystem jar = FileSystems.newFileSystem(fresh.resolve(JAR))) {
            Files.copy(jar.getPath("LICENSE.txt"), fresh.resolve("LICENSE.txt"));
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        MavenFetch.deleteAll(workFolder);
    }

    /** Returns the command that starts the server. */
    List<String> command(List<String> extraJvmArguments, List<String> storage, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // For a process that lives seconds. Measured: 0.2 s sooner there, and a fifth slower after a minute of load.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=DynamoDBLocal,ALL-UNNAMED");
        }
        command.addAll(extraJvmArguments);
        // An archive that was made with all default modules is not safe without them: JDK 17 dies of it.
        command.addAll(List.of("--module-path", jar().toString(), "--add-modules", "ALL-DEFAULT"));
        command.addAll(List.of("-cp", classPath(), "-m", MAIN));
        command.addAll(storage);
        command.addAll(List.of("-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)));
        return command;
    }

    /** Returns the archive of classes for this JVM, null if one can't be had. */
    @Nullable
    Path archive() {
        return archiveFile().toFile().length() > 0 ? archiveFile() : null;
    }

    /** Leaves an empty file where the archive was: none for this JVM, and don't try again. */
    void giveUpArchive() {
        try {
            Path empty = Files.createTempFile(folder, "no", ".jsa");
            Files.move(empty, archiveFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LocalDynamoDbException("can't write to %s: %s".formatted(folder, e), e);
        }
    }

    private Path archiveFile() {
        String jvm = System.getProperty("java.vendor") + "-" + System.getProperty("java.vm.version") + "-"
                + System.getProperty("os.arch");
        return folder.resolve("classes-" + jvm.replaceAll("[^A-Za-z0-9.+]+", "-") + ".jsa");
    }

    private Path jar() {
        return folder.resolve(JAR);
    }

    private String classPath() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar") && !file.equals(jar()))
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new LocalDynamoDbException("can't read %s: %s".formatted(folder, e), e);
        }
    }
}
