package dev.dynamirror.cli;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A file system that only a plugin of Flink's has: the local one under another scheme. */
public final class OtherFileSystemFactory implements FileSystemFactory {

    /** Called by Flink. */
    public OtherFileSystemFactory() {}

    @Override
    public String getScheme() {
        return "other";
    }

    @Override
    public FileSystem create(URI uri) {
        return new LocalFileSystem();
    }
}
