package dev.dynamirror.flink;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
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
        ScratchFolder scratch;
        try {
            scratch = new ScratchFolder(Files.createTempDirectory("dynamirror-flink-"));
        } catch (IOException e) {
            throw new MirrorException("no folder for Flink's temporary files can be made: " + e.getMessage(), e);
        }
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(scratch::delete, "dynamirror-scratch"));
        } catch (IllegalStateException ending) {
            scratch.delete(); // this JVM is ending already, and runs no hook that comes now
        }
        return scratch;
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
