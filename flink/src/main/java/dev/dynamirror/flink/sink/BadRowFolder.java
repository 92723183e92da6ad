package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** The folder, in one of Flink's file systems, of a mirror's files of bad rows. */
public final class BadRowFolder {

    private final String mirror;
    private final String name;
    private final Path path;
    private final FileSystem files;

    private BadRowFolder(String mirror, String name, Path path, FileSystem files) {
        this.mirror = mirror;
        this.name = name;
        this.path = path;
        this.files = files;
    }

    /**
     * Makes sure that files can be written in the folder, if the mirror sets bad rows aside; a missing folder is created.
     *
     * @throws MirrorException if files can't be written there
     */
    public static void check(MirrorSettings settings) {
        if (settings.rows().onBadRow() == OnBadRow.SET_ASIDE) {
            open(settings);
        }
    }

    /**
     * The folder of a mirror that sets bad rows aside.
     *
     * @throws MirrorException if files can't be written there
     */
    static BadRowFolder open(MirrorSettings settings) {
        String name = Objects.requireNonNull(settings.rows().badRows());
        try {
            Path path = new Path(name);
            FileSystem files = path.getFileSystem();
            files.mkdirs(path);
            BadRowFolder folder = new BadRowFolder(settings.name(), name, path, files);
            folder.tryOut();
            return folder;
        } catch (IOException | IllegalArgumentException e) {
            throw new MirrorException(
                    "mirror " + settings.name() + ": bad rows can't be set aside in " + name + ": " + reason(e), e);
        }
    }

    /**
     * A new file.
     *
     * @param writer what tells this writer's files from others'
     */
    BadRowFile newFile(String writer) {
        Path file = new Path(path, "bad-rows-" + writer + "-" + UUID.randomUUID() + ".jsonl");
        try {
            return new BadRowFile(this, files.create(file, FileSystem.WriteMode.NO_OVERWRITE));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    MirrorException failure(IOException e) {
        return new MirrorException(
                "mirror " + mirror + ": a bad row can't be set aside in " + name + ": " + reason(e), e);
    }

    private void tryOut() throws IOException {
        Path file = new Path(path, ".writable-" + UUID.randomUUID());
        try (FSDataOutputStream out = files.create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.flush();
        }
        files.delete(file, false);
    }

    private static String reason(Exception e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }
}
