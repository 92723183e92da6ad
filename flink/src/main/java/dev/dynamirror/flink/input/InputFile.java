package dev.dynamirror.flink.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.flink.connector.file.src.compression.StandardDeCompressors;
import org.apache.flink.core.fs.Path;

/**
 * A file of an input.
 *
 * @param path where it is, in one of Flink's file systems
 * @param name what errors call it
 */
record InputFile(Path path, String name) implements Serializable {

    /** Opens it as Flink's file source does, which unpacks compressed files by their names' endings. */
    InputStream open() throws IOException {
        InputStream bytes = path.getFileSystem().open(path);
        var unpacker = StandardDeCompressors.getDecompressorForFileName(path.getName());
        return unpacker == null ? bytes : unpacker.create(bytes);
    }

    Place place() {
        return Place.file(name);
    }
}
