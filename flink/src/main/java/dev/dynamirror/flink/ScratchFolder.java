package dev.dynamirror.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.util.FileUtils;

/**
 * The folder of embedded Flinks' temporary files, one for this JVM and gone with it: a JVM that ends before Flink does
 * would leave tens of megabytes behind.
 */
final class ScratchFolder {

    /** Made when it is first asked for. */
    private static final class OfThisJvm {
        static final ScratchFolder FOLDER = create();
    }

    private static final int ATTEMPTS = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path folder;

    private ScratchFolder(Path folder) {
        this.folder = folder;
    }

    /** This JVM's folder. */
    static ScratchFolder ofThisJvm() {
        return OfThisJvm.FOLDER;
    }

    private static ScratchFolder create() {
        try {
            ScratchFolder scratch = new ScratchFolder(Files.createTempDirectory("dynamirror-flink-"));
            Runtime.getRuntime().addShutdownHook(new Thread(scratch::delete, "dynamirror-scratch"));
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has Flink put its temporary files here, unless the configuration names another place. */
    void addTo(Configuration configuration) {
        if (!configuration.contains(CoreOptions.TMP_DIRS)) {
            configuration.set(CoreOptions.TMP_DIRS, folder.toString());
        }
        if (!configuration.contains(WebOptions.TMP_DIR)) {
            configuration.set(WebOptions.TMP_DIR, folder.toString());
        }
    }

    /** Flink may still be ending, and make and remove files of its own, so one attempt may not be enough. */
    private void delete() {
        for (int attempt = 0; Files.exists(folder) && attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }
}
