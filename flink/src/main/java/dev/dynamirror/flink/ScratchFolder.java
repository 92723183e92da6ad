package dev.dynamirror.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * The folder of embedded Flinks' temporary files, one for this JVM and gone with it: a JVM that ends before Flink does
 * would leave tens of megabytes behind.
 */
final class ScratchFolder {

    /** Made when it is first asked for. */
    private static final class OfThisJvm {
        static final ScratchFolder FOLDER = create();
    }

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

    private void delete() {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        deepestFirst.forEach(file -> file.toFile().delete());
    }
}
